"""Rounds: prepared, opened to the invited institutions, extended, closed, and opened again with a reason."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ayni.common.audit import record, record_each, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_ROUNDS, require
from ayni.directory.models import Institution
from ayni.surveys.actions.letters import INVITATION, Letter, post
from ayni.surveys.models import (
    InstrumentVersion,
    Response,
    Round,
    RoundStatus,
    VersionStatus,
)
from ayni.surveys.queries.recipients import recipients


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """What the secretariat decides about a round before it opens. Years are whole; `deadline` is a day."""

    title: dict[str, str]
    version: InstrumentVersion
    period_from: int
    period_to: int
    deadline: date
    previous: Round | None = None
    fictional: bool = False


@transaction.atomic
def create_round(*, by: Any, code: str, plan: RoundPlan) -> Round:
    """A draft that nobody sees but the secretariat. Raises Refused when the code is taken or the plan does not hold."""
    _require(by)
    _check(plan)
    try:
        with transaction.atomic():
            round_ = Round.objects.create(code=code, **_columns(plan))
    except IntegrityError as error:
        raise Refused(_("There is already a round %(code)s: choose another code.") % {"code": code}) from error
    record(by=by, verb="round created", on=round_, after=snapshot(round_), public=False)
    return round_


@transaction.atomic
def edit_round(*, by: Any, round: Round, plan: RoundPlan) -> Round:
    """Change a round. Once it is open only its title and the round before may change; the deadline is extended instead.

    Raises Refused when the plan does not hold, or changes what the institutions are already answering.
    """
    _require(by)
    round_ = locked(round)
    _check(plan, round_)
    if round_.status != RoundStatus.DRAFT:
        fixed = ("version", "period_from", "period_to", "deadline")
        if any(getattr(round_, name) != getattr(plan, name) for name in fixed):
            raise Refused(
                _(
                    "The round has been opened: its questionnaire, period and deadline stand. "
                    "Extend the deadline on the round's page."
                )
            )
    before = snapshot(round_)
    for name, value in _columns(plan).items():
        setattr(round_, name, value)
    round_.save()
    record(by=by, verb="round edited", on=round_, before=before, after=snapshot(round_))
    return round_


@transaction.atomic
def open_round(*, by: Any, round: Round, notify: bool = True) -> int:
    """Open a draft to the institutions invited: each gets its response, and (`notify`) the invitation by e-mail.

    Returns how many institutions were written to. Raises Refused without invitations, or after the deadline.
    """
    _require(by)
    round_ = locked(round)
    if round_.status != RoundStatus.DRAFT:
        raise Refused(_("The round is already open or closed."))
    if round_.deadline < timezone.localdate():
        raise Refused(
            _("The deadline, %(day)s, has passed: change it before opening the round.")
            % {"day": date_format(round_.deadline)}
        )
    invitations = list(round_.invitations.select_related("institution").prefetch_related("institution__names"))
    if not invitations:
        raise Refused(_("No institution is invited yet: invite at least one before opening the round."))
    round_.status = RoundStatus.OPEN
    round_.save(update_fields=["status"])
    start_responses(by=by, round=round_, institutions=[one.institution_id for one in invitations])
    written = post(round_, INVITATION, recipients(invitations)) if notify else []
    _mark_invited(round_, written)
    record(
        by=by,
        verb="round opened",
        on=round_,
        before={"status": RoundStatus.DRAFT},
        after={"status": round_.status, "responses": len(invitations), "e-mails": len(written)},
    )
    return len({letter.invitation_id for letter in written})


@transaction.atomic
def extend_deadline(*, by: Any, round: Round, deadline: date) -> Round:
    """Give an open round more time. Raises Refused unless the new day is later than the old one and not past."""
    _require(by)
    round_ = locked(round)
    if round_.status != RoundStatus.OPEN:
        raise Refused(_("Only an open round's deadline can be extended."))
    if deadline <= round_.deadline or deadline < timezone.localdate():
        raise Refused(
            _("The new deadline must be later than %(day)s, and not in the past.")
            % {"day": date_format(round_.deadline)}
        )
    before = {"deadline": round_.deadline}
    round_.deadline = deadline
    round_.save(update_fields=["deadline"])
    record(by=by, verb="deadline extended", on=round_, before=before, after={"deadline": deadline})
    return round_


@transaction.atomic
def close_round(*, by: Any, round: Round) -> Round:
    """Nobody answers any more; the diagnosis can be frozen. Raises Refused unless the round is open."""
    _require(by)
    round_ = locked(round)
    if round_.status != RoundStatus.OPEN:
        raise Refused(_("Only an open round can be closed."))
    return _turn(by, round_, RoundStatus.CLOSED, "round closed")


@transaction.atomic
def reopen_round(*, by: Any, round: Round, reason: str, deadline: date) -> Round:
    """Open a closed round again until `deadline`. Raises Refused without a reason, or when a frozen edition rests on it."""
    _require(by)
    round_ = locked(round)
    if round_.status != RoundStatus.CLOSED:
        raise Refused(_("Only a closed round can be opened again."))
    if not reason.strip():
        raise Refused(_("Say why the round is opened again: the reason stays in the record."))
    if deadline < timezone.localdate():
        raise Refused(_("The new deadline must not be in the past."))
    frozen = round_.editions.exclude(status="draft").first()
    if frozen is not None:
        raise Refused(
            _("The edition %(edition)s is frozen from this round: make a new round instead.") % {"edition": frozen}
        )
    round_.deadline = deadline
    round_.save(update_fields=["deadline"])
    return _turn(by, round_, RoundStatus.OPEN, "round opened again", reason=reason.strip(), deadline=deadline)


def locked(round: Round) -> Round:
    """The round as it stands now, kept from others until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).select_related("version__instrument").get(pk=round.pk)


@transaction.atomic
def start_responses(*, by: Any, round: Round, institutions: list[int]) -> None:
    """An empty response for each of these institutions that has none in the round."""
    standing = set(round.responses.values_list("institution_id", flat=True))
    new = Institution.objects.filter(pk__in=set(institutions) - standing).order_by("code").prefetch_related("names")
    made = Response.objects.bulk_create(
        Response(round=round, institution=one, period_from=round.period_from, period_to=round.period_to) for one in new
    )
    record_each(by=by, verb="response begun", on=made, public=False)


def _mark_invited(round_: Round, letters: list[Letter]) -> None:
    round_.invitations.filter(pk__in={letter.invitation_id for letter in letters}).update(invited_at=timezone.now())


def _turn(by: Any, round_: Round, status: RoundStatus, verb: str, **more: Any) -> Round:
    before = {"status": round_.status}
    round_.status = status
    round_.save(update_fields=["status"])
    record(by=by, verb=verb, on=round_, before=before, after={"status": status, **more})
    return round_


def _check(plan: RoundPlan, round_: Round | None = None) -> None:
    if plan.period_from > plan.period_to:
        raise Refused(_("The last year of the period comes before the first."))
    kept = round_ is not None and round_.version_id == plan.version.pk
    if plan.version.status != VersionStatus.PUBLISHED and not kept:
        raise Refused(
            _("%(version)s is not published: a round needs a published questionnaire.") % {"version": plan.version}
        )
    if round_ is not None and plan.previous is not None and plan.previous.pk == round_.pk:
        raise Refused(_("A round does not come after itself: choose another previous round."))


def _columns(plan: RoundPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in (field.name for field in fields(plan))}


def _require(by: Any) -> None:
    if by is not None:
        require(by, RUN_ROUNDS)
