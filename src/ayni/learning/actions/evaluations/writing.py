"""Writing an evaluation: its design, who carries it out, its report, the six criteria."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from ayni.common.audit import record, record_part, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import APPROVE_INITIATIVES, EVALUATE, require
from ayni.directory.models import Concept, Institution
from ayni.learning.actions.evaluations.steps import carry_out, is_shown, locked, refuse_once_over
from ayni.learning.models import Criterion, CriterionScore, Evaluation, EvaluationState
from ayni.learning.queries.evaluations.authors import party_of, writes_report
from ayni.learning.queries.evaluations.parties import institutions_of
from ayni.registry.models import Initiative

LOWEST, HIGHEST = 1, 4


@dataclass(frozen=True)
class Design:
    """What an evaluation is to find out, with which instrument, when, and how."""

    instrument: Concept
    when: str
    title: dict[str, str]
    process_questions: dict[str, str]
    result_questions: dict[str, str]
    method: dict[str, str]
    planned_on: date | None


@dataclass(frozen=True)
class Report:
    """What an evaluation found, what it recommends, and where its whole text can be read."""

    process_findings: dict[str, str]
    findings: dict[str, str]
    recommendations: dict[str, str]
    document: str = ""


@transaction.atomic
def design_evaluation(*, by: Any, initiative: Initiative, design: Design) -> Evaluation:
    """A designed evaluation of an initiative. Raises Refused without a title, or once nothing of it is evaluated any more."""
    require(by, EVALUATE, initiative)
    refuse_once_over(initiative)
    _check(design)
    evaluation = Evaluation.objects.create(initiative=initiative, **vars(design))
    record(by=by, verb="evaluation designed", on=evaluation, after=snapshot(evaluation), public=False)
    return evaluation


@transaction.atomic
def edit_design(*, by: Any, evaluation: Evaluation, base: int, design: Design) -> Evaluation:
    """Change a design. Raises Conflict when somebody else has changed it since revision `base`, Refused once it is commissioned."""
    evaluation = _designed(by, evaluation)
    _refuse_overwriting(evaluation, base)
    _check(design)
    return _save(by, evaluation, vars(design), "evaluation design changed")


@transaction.atomic
def remove_design(*, by: Any, evaluation: Evaluation) -> None:
    """Throw a design away; the record keeps it. Raises Refused once it is commissioned, or when an opinion survey belongs to it."""
    evaluation = _designed(by, evaluation)
    record(by=by, verb="evaluation design removed", on=evaluation, before=snapshot(evaluation), public=False)
    try:
        with transaction.atomic():
            evaluation.delete()
    except ProtectedError as error:
        raise Refused(_("An opinion survey belongs to this evaluation: it cannot be removed.")) from error


@transaction.atomic
def commission_evaluation(
    *, by: Any, evaluation: Evaluation, evaluator: str, institution: Institution | None, independent: bool
) -> Evaluation:
    """Say who evaluates, and commission it.

    Raises Refused while its design is not whole, without a name, and when a party is called independent.
    """
    evaluation = locked(evaluation)
    require(by, APPROVE_INITIATIVES, evaluation)
    if not evaluator.strip():
        raise Refused(_("Say who evaluates."))
    if independent and institution in institutions_of(evaluation.initiative):
        raise Refused(
            _("%(institution)s takes part in the initiative: it is not independent.") % {"institution": institution}
        )
    evaluation.evaluator, evaluation.evaluator_institution = evaluator.strip(), institution
    evaluation.independent, evaluation.entered_by = independent, None
    return carry_out(by=by, evaluation=evaluation, step="commission", reason="")


@transaction.atomic
def write_report(*, by: Any, evaluation: Evaluation, base: int, report: Report) -> Evaluation:
    """Change the report. Raises Conflict as `edit_design` does, Refused unless the report is being written.

    Of an independent evaluation a party is named as who entered what an evaluator without account here has found.
    """
    evaluation = _reported(by, evaluation)
    _refuse_overwriting(evaluation, base)
    return _save(by, evaluation, vars(report), "evaluation written")


@transaction.atomic
def judge_criterion(
    *, by: Any, evaluation: Evaluation, base: int, criterion: str, score: int | None, finding: dict[str, str]
) -> CriterionScore:
    """What the report says of a criterion: 1 (not met) to 4 (wholly met); without a score it is not judged, and the finding says why.

    Raises Conflict as `edit_design` does; Refused without a finding, or unless the report is being written.
    """
    evaluation = _reported(by, evaluation)
    _refuse_overwriting(evaluation, base)
    if criterion not in Criterion.values:
        raise Refused(_("There is no such criterion."))
    if score is not None and not LOWEST <= score <= HIGHEST:
        raise Refused(_("A criterion is scored from 1 to 4."))
    if not finding:
        raise Refused(_("Give the finding; of a criterion that is not judged, say why."))
    was = snapshot(Evaluation.objects.get(pk=evaluation.pk))
    standing = evaluation.scores.filter(criterion=criterion).first()
    before = snapshot(standing) if standing else None
    kept, _new = evaluation.scores.update_or_create(criterion=criterion, defaults={"score": score, "finding": finding})
    evaluation.revision += 1
    evaluation.save(update_fields=["revision", "entered_by"])
    verb, after = "evaluation criterion judged", snapshot(kept)
    record_part(by=by, verb=verb, on=evaluation, before=before, after=after, was=was, public=False)
    return kept


def _designed(by: Any, evaluation: Evaluation) -> Evaluation:
    """The design, held for this transaction. Raises PermissionDenied, or Refused once it is commissioned."""
    evaluation = locked(evaluation)
    require(by, EVALUATE, evaluation)
    return _in_state(evaluation, EvaluationState.DESIGNED)


def _reported(by: Any, evaluation: Evaluation) -> Evaluation:
    """The evaluation whose report is written, held for this transaction. Raises PermissionDenied, or Refused in another state."""
    evaluation = locked(evaluation)
    if not writes_report(by, evaluation):
        raise PermissionDenied(EVALUATE)
    if evaluation.independent:
        evaluation.entered_by = party_of(by, evaluation) or evaluation.entered_by
    return _in_state(evaluation, EvaluationState.DRAFT)


def _in_state(evaluation: Evaluation, state: EvaluationState) -> Evaluation:
    refuse_once_over(evaluation.initiative)
    if evaluation.state != state:
        raise Refused(
            _("This is written while the evaluation is “%(wanted)s”; it is “%(state)s” now.")
            % {"wanted": state.label, "state": evaluation.get_state_display()}
        )
    return evaluation


def _refuse_overwriting(evaluation: Evaluation, base: int) -> None:
    if base != evaluation.revision:
        raise Conflict(
            _("Somebody else has changed this evaluation meanwhile. Compare it with what stands, then save again.")
        )


def _save(by: Any, evaluation: Evaluation, values: dict[str, Any], verb: str) -> Evaluation:
    before = snapshot(Evaluation.objects.get(pk=evaluation.pk))
    for name, value in values.items():
        setattr(evaluation, name, value)
    evaluation.revision += 1
    evaluation.save()
    after = snapshot(evaluation)
    record(by=by, verb=verb, on=evaluation, before=before, after=after, public=is_shown(evaluation))
    return evaluation


def _check(design: Design) -> None:
    if not design.title:
        raise Refused(_("Give the evaluation a title."))
