"""Who is asked to answer a round: invited, reminded while they owe their answers, withdrawn while they have none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_ROUNDS, require
from ayni.directory.models import Institution
from ayni.surveys.actions.letters import INVITATION, REMINDER, post
from ayni.surveys.actions.rounds import locked, start_responses
from ayni.surveys.models import (
    Answer,
    Attachment,
    EditionStatus,
    Invitation,
    Response,
    ResponseStatus,
    Round,
    RoundStatus,
)
from ayni.surveys.queries.recipients import recipients
from ayni.surveys.queries.responses import WITH_THE_RESPONDENT

# Two reminders to the same institution within this time are one too many.
QUIET = timedelta(hours=24)
NAMED = 5


@dataclass(frozen=True, slots=True)
class Invitee:
    """An institution to invite, and the address and language to write to; without an address its focal points are."""

    institution: Institution
    email: str = ""
    language: str = "es"


@dataclass(frozen=True, slots=True)
class Sent:
    """How many institutions were written to, and which have nobody to write to."""

    institutions: int
    without_address: tuple[str, ...]


@transaction.atomic
def invite(*, by: Any, round: Round, invitees: Sequence[Invitee], notify: bool = True) -> Sent:
    """Add institutions to a round; of an open round they get their response and (`notify`) the e-mail at once.

    Raises Refused when the round is closed, or one is invited already, or given twice.
    """
    _require(by)
    round_ = locked(round)
    if round_.status == RoundStatus.CLOSED:
        raise Refused(_("The round is closed: open it again before inviting anybody."))
    if not invitees:
        raise Refused(_("Choose at least one institution to invite."))
    _check_new(round_, invitees)
    Invitation.objects.bulk_create(
        Invitation(round=round_, institution=one.institution, email=one.email, language=one.language)
        for one in invitees
    )
    invited = _with_names(round_.invitations.filter(institution__in=[one.institution.pk for one in invitees]))
    record(
        by=by,
        verb="institutions invited",
        on=round_,
        after={"institutions": sorted(one.institution.code for one in invitees)},
        public=round_.status != RoundStatus.DRAFT,
    )
    if round_.status != RoundStatus.OPEN:
        return Sent(0, ())
    start_responses(by=by, round=round_, institutions=[one.institution_id for one in invited])
    if not notify:
        return Sent(0, ())
    written = {letter.invitation_id for letter in post(round_, INVITATION, recipients(invited))}
    Invitation.objects.filter(pk__in=written).update(invited_at=timezone.now())
    return _sent(invited, written)


@transaction.atomic
def remind(*, by: Any, round: Round, institutions: Iterable[str] | None = None, again: bool = False) -> Sent:
    """Write to those who have not submitted yet (of `institutions`, by code, or of all).

    Raises Refused unless the round is open and somebody owes answers; and, unless `again`, when one was reminded in the
    last 24 hours.
    """
    _require(by)
    round_ = locked(round)
    if round_.status != RoundStatus.OPEN:
        raise Refused(_("Only an open round has anybody to remind."))
    owing = Response.objects.filter(round=round_, status__in=WITH_THE_RESPONDENT).values("institution")
    chosen = round_.invitations.filter(institution__in=owing)
    if institutions is not None:
        chosen = chosen.filter(institution__code__in=list(institutions))
    invitations = _with_names(chosen)
    if not invitations:
        raise Refused(_("Nobody among these still owes answers: there is nobody to remind."))
    if not again:
        _refuse_haste(invitations)
    late = round_.deadline < timezone.localdate()
    written = {letter.invitation_id for letter in post(round_, REMINDER, recipients(invitations), late=late)}
    Invitation.objects.filter(pk__in=written).update(reminded_at=timezone.now(), reminders=F("reminders") + 1)
    sent = _sent(invitations, written)
    record(
        by=by,
        verb="reminders sent",
        on=round_,
        after={
            "institutions": sorted(one.institution.code for one in invitations if one.pk in written),
            "without address": list(sent.without_address),
        },
        public=False,
    )
    return sent


@transaction.atomic
def change_address(*, by: Any, invitation: Invitation, email: str, language: str) -> Invitation:
    """Where and in which language an institution is written to."""
    _require(by)
    before = {"email": invitation.email, "language": invitation.language}
    invitation.email, invitation.language = email, language
    invitation.save(update_fields=["email", "language"])
    after = {"email": email, "language": language}
    record(by=by, verb="invitation changed", on=invitation, before=before, after=after, public=False)
    return invitation


@transaction.atomic
def withdraw_invitation(*, by: Any, invitation: Invitation) -> None:
    """Take an invitation back, with its empty response.

    Raises Refused when the institution has begun to answer, or a frozen edition counts it among the invited.
    """
    _require(by)
    round_ = locked(invitation.round)
    frozen = round_.editions.exclude(status=EditionStatus.DRAFT).first()
    if frozen is not None:
        raise Refused(
            _("The edition %(edition)s is frozen from this round: who was invited stands.") % {"edition": frozen}
        )
    response = Response.objects.filter(round=round_, institution=invitation.institution_id).first()
    if response is not None:
        begun = (
            Answer.objects.filter(response=response).exclude(value=None).exists()
            or Attachment.objects.filter(answer__response=response).exists()
        )
        if begun or response.status != ResponseStatus.DRAFT:
            raise Refused(
                _("%(institution)s has answers in this round: its invitation cannot be withdrawn.")
                % {"institution": invitation.institution}
            )
        response.delete()
    record(
        by=by,
        verb="invitation withdrawn",
        on=round_,
        before={"institution": invitation.institution.code, "email": invitation.email},
        public=round_.status != RoundStatus.DRAFT,
    )
    invitation.delete()


def _check_new(round_: Round, invitees: Sequence[Invitee]) -> None:
    codes = [one.institution.code for one in invitees]
    twice = sorted({code for code in codes if codes.count(code) > 1}) if len(set(codes)) < len(codes) else []
    if twice:
        raise Refused(_("Given more than once: %(institutions)s.") % {"institutions": ", ".join(twice)})
    standing = set(round_.invitations.values_list("institution_id", flat=True))
    invited = sorted(one.institution.code for one in invitees if one.institution.pk in standing)
    if invited:
        raise Refused(
            ngettext(
                "%(institutions)s is already invited to this round.",
                "%(institutions)s are already invited to this round.",
                len(invited),
            )
            % {"institutions": _named(invited)}
        )


def _refuse_haste(invitations: Iterable[Invitation]) -> None:
    since = timezone.now() - QUIET
    recent = [str(one.institution) for one in invitations if one.reminded_at and one.reminded_at > since]
    if recent:
        raise Refused(
            ngettext(
                "%(institutions)s was reminded less than 24 hours ago. Tick “Remind again” to write once more.",
                "%(institutions)s were reminded less than 24 hours ago. Tick “Remind again” to write once more.",
                len(recent),
            )
            % {"institutions": _named(recent)}
        )


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return (
        ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more)
        % {
            "names": shown,
            "more": more,
        }
        if more > 0
        else shown
    )


def _with_names(invitations: QuerySet[Invitation]) -> list[Invitation]:
    return list(invitations.select_related("institution").prefetch_related("institution__names"))


def _sent(invitations: Iterable[Invitation], written: set[int]) -> Sent:
    return Sent(len(written), tuple(str(one.institution) for one in invitations if one.pk not in written))


def _require(by: Any) -> None:
    if by is not None:
        require(by, RUN_ROUNDS)
