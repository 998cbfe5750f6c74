"""What an initiative lacks for a step, as far as evaluations go (settings.INITIATIVE_GUARDS)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.learning.models import CheckMoment, EvaluationState, When
from ayni.learning.queries.evaluations.checks import unchecked
from ayni.learning.queries.evaluations.missing import design_gaps
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.guards import Gap

# The recipient's opinion is one voice: it does not stand for the report at the end.
OPINION = "recipient-survey"


def gaps(initiative: Initiative, step: str) -> Iterable[Gap]:
    """Designed before it is approved; the final report and what stands at closure before ex-post; what remains before the archive."""
    if step == "approve":
        return _design(initiative)
    if step == "follow":
        return [*_final_report(initiative), *_checks(initiative, CheckMoment.CLOSURE)]
    if step == "archive":
        return [*_ex_post(initiative), *_checks(initiative, CheckMoment.AFTER_12)]
    return []


def _design(initiative: Initiative) -> Iterable[Gap]:
    rows = list(initiative.evaluations.all())
    if not any(not list(design_gaps(one)) for one in rows):
        there = url("evaluation_edit", rows[0].pk) if rows else url("evaluation_new", initiative.code)
        yield Gap(
            _(
                "Design an evaluation: what is asked of the process and of the results, and for which day it is planned."
            ),
            there,
        )


def _final_report(initiative: Initiative) -> Iterable[Gap]:
    published = initiative.evaluations.filter(when=When.CLOSURE, state=EvaluationState.PUBLISHED)
    if not published.exclude(instrument__code=OPINION).exists():
        yield Gap(
            _("Publish the evaluation at closure (the final report), with the responses of the parties."),
            url("evaluations", initiative.code),
        )


def _ex_post(initiative: Initiative) -> Iterable[Gap]:
    later = (When.AFTER_12, When.AFTER_24)
    if not initiative.evaluations.filter(when__in=later, state=EvaluationState.PUBLISHED).exists():
        yield Gap(
            _("Publish an ex-post evaluation: 12 or 24 months after the closure."), url("evaluations", initiative.code)
        )


def _checks(initiative: Initiative, moment: CheckMoment) -> Iterable[Gap]:
    for country in unchecked(initiative, moment):
        text = _("%(country)s has not said what remains (%(moment)s).") % {"country": country, "moment": moment.label}
        yield Gap(text, url("evaluations", initiative.code))
