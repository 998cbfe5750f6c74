"""What an evaluation lacks for a step of its life: sentences, each with the page where it is mended."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.learning.models import Criterion, Evaluation
from ayni.learning.queries.evaluations.parties import institutions_of, still_to_respond
from ayni.registry.queries.initiatives.guards import Gap


def missing(evaluation: Evaluation, step: str) -> list[Gap]:
    """What has to be there before the step; empty when it can be taken."""
    if step == "commission":
        return [*design_gaps(evaluation)]
    if step == "send":
        return [*design_gaps(evaluation), *_independence(evaluation), *_report(evaluation)]
    if step == "publish":
        return [
            *design_gaps(evaluation),
            *_independence(evaluation),
            *_report(evaluation),
            *_responses(evaluation),
        ]
    return []


def design_gaps(evaluation: Evaluation) -> Iterable[Gap]:
    """What a design asks for (R10): questions about the process and about the results, and a day."""
    asked = (
        (evaluation.process_questions, _("Say what is asked of the process.")),
        (evaluation.result_questions, _("Say what is asked of the results.")),
        (evaluation.planned_on, _("Say for which day it is planned.")),
    )
    for given, text in asked:
        if not given:
            yield Gap(text, url("evaluation_edit", evaluation.pk))


def _report(evaluation: Evaluation) -> Iterable[Gap]:
    told = (
        (evaluation.process_findings, _("Write down what was found about the process.")),
        (evaluation.findings, _("Write down what was found about the results.")),
    )
    for given, text in told:
        if not given:
            yield Gap(text, url("evaluation_report", evaluation.pk))
    judged = {one.criterion for one in evaluation.scores.all()}
    for criterion in Criterion:
        if criterion.value not in judged:
            text = _("Judge it, or say why it is not judged: %(criterion)s") % {"criterion": criterion.label}
            yield Gap(text, url("evaluation_criterion", evaluation.pk, criterion.value))


def _independence(evaluation: Evaluation) -> Iterable[Gap]:
    there = evaluation.evaluator_institution
    if evaluation.independent and there in institutions_of(evaluation.initiative):
        yield Gap(
            _("%(institution)s takes part in the initiative by now: take the evaluation back to its design.")
            % {"institution": there}
        )
    if evaluation.entered_by is not None and not evaluation.document:
        yield Gap(
            _("A party has entered the evaluator's report: say where the whole report can be read."),
            url("evaluation_report", evaluation.pk),
        )


def _responses(evaluation: Evaluation) -> Iterable[Gap]:
    for party in still_to_respond(evaluation):
        yield Gap(_("%(institution)s has not responded yet.") % {"institution": party.with_country})
