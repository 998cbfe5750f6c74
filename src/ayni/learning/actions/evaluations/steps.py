"""The steps of an evaluation's life, with what each asks for before."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.learning.models import Evaluation, EvaluationState
from ayni.learning.queries.evaluations.lifecycle import is_over, may_take, step_of
from ayni.learning.queries.evaluations.missing import missing
from ayni.registry.actions.initiatives.holding import is_public
from ayni.registry.models import Initiative


@transaction.atomic
def take_step(*, by: Any, evaluation: Evaluation, step: str, reason: str = "") -> Evaluation:
    """Take a step of an evaluation's life. Commissioning is `commission_evaluation`, with who evaluates.

    Raises PermissionDenied and Refused as the table and the guards say; the refusal names all that is missing.
    """
    evaluation = locked(evaluation)
    if step == "commission" and not evaluation.evaluator:
        if not may_take(by, evaluation, step_of(step)):
            raise PermissionDenied(step_of(step).permission)
        raise Refused(_("Say who evaluates."))
    return carry_out(by=by, evaluation=evaluation, step=step, reason=reason)


@transaction.atomic
def carry_out(*, by: Any, evaluation: Evaluation, step: str, reason: str) -> Evaluation:
    """Take the step of an evaluation that is held and may have been changed already. Raises as `take_step` does."""
    asked = step_of(step)
    if not may_take(by, evaluation, asked):
        raise PermissionDenied(asked.permission)
    refuse_once_over(evaluation.initiative)
    if evaluation.state not in asked.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": asked.label, "state": evaluation.get_state_display()}
        )
    if asked.reason and not reason.strip():
        raise Refused(_("Give the reason: the other side reads it."))
    if gaps := missing(evaluation, step):
        raise Refused(_("Something is missing: %(what)s") % {"what": " ".join(gap.text for gap in gaps)})
    before = snapshot(Evaluation.objects.get(pk=evaluation.pk))
    evaluation.state, evaluation.reason = asked.after, reason.strip()
    evaluation.revision += 1
    if step == "publish":
        evaluation.published_at, evaluation.published_by = timezone.now(), by
    evaluation.save()
    if step == "return":
        _take_back_responses(by, evaluation)
    record(
        by=by,
        verb=asked.verb,
        on=evaluation,
        before=before,
        after=snapshot(evaluation),
        public=is_shown(evaluation),
    )
    return evaluation


def locked(evaluation: Evaluation) -> Evaluation:
    """The evaluation as it stands, held for this transaction, with its parties."""
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "initiative__institution__country", "instrument"
    )
    return rows.prefetch_related(
        "initiative__participations__institution__country", "initiative__participations__institution__names"
    ).get(pk=evaluation.pk)


def refuse_once_over(initiative: Initiative) -> None:
    """Raises Refused for a cancelled initiative, and for a record that was merged into another."""
    if is_over(initiative):
        raise Refused(_("The initiative was cancelled or merged into another record: nothing of it is evaluated here."))


def is_shown(evaluation: Evaluation) -> bool:
    """Whether a change of it shows on a page that anybody can read."""
    return evaluation.state == EvaluationState.PUBLISHED and is_public(evaluation.initiative)


def _take_back_responses(by: Any, evaluation: Evaluation) -> None:
    """The report changes: what was said to it is kept in the record, and asked again."""
    for given in evaluation.responses.all():
        record(by=by, verb="management response taken back", on=evaluation, before=snapshot(given), public=False)
        given.delete()
