"""What waits for those who run the rounds, code the answers and publish the diagnosis."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.desk import Source, Task, url
from ayni.surveys.models import (
    Coding,
    DiagnosisEdition,
    EditionStatus,
    Response,
    ResponseStatus,
    Round,
    RoundStatus,
)
from ayni.surveys.queries.desk.tasks import about, named, response_url

UNSUBMITTED = Q(responses__status__in=[ResponseStatus.DRAFT, ResponseStatus.RETURNED])
# The opinion asked for one evaluation is read there: nobody reviews, codes or publishes it.
NETWORK = Q(round__evaluation__isnull=True)
CODED = Exists(Coding.objects.filter(response=OuterRef("pk")))


def rounds() -> Iterable[Source]:
    """Submitted responses, and rounds past their deadline that still miss some."""
    yield Source(named(Response.objects.filter(NETWORK, status=ResponseStatus.SUBMITTED)), _review)
    late = Round.objects.filter(status=RoundStatus.OPEN, deadline__lt=timezone.localdate()).annotate(
        asked=Count("invitations", distinct=True), given=Count("responses", filter=~UNSUBMITTED, distinct=True)
    )
    yield Source(late.filter(given__lt=F("asked")), _owed)


def coding() -> Iterable[Source]:
    """Accepted responses that their institution has not got for validation yet, and those that it contests."""
    with_us = Response.objects.filter(NETWORK, status=ResponseStatus.ACCEPTED, proposed_at__isnull=True)
    yield Source(named(with_us.annotate(coded=CODED)), _code)
    yield Source(named(Response.objects.filter(status=ResponseStatus.CONTESTED)), _contested)


def editions() -> Iterable[Source]:
    """Drafts that can be frozen, frozen editions, and closed rounds without any."""
    waiting = Q(status=EditionStatus.DRAFT, round__status=RoundStatus.CLOSED) | Q(status=EditionStatus.FROZEN)
    yield Source(DiagnosisEdition.objects.filter(waiting).select_related("round").defer("content"), _edition)
    yield Source(
        Round.objects.filter(status=RoundStatus.CLOSED, editions__isnull=True, evaluation__isnull=True), _no_edition
    )


def _review(response: Response) -> Task:
    why = _("Submitted: accept it, or return it with a reason.")
    return Task("review", about(response), why, response_url("review", response), response.submitted_at)


def _owed(round_: Any) -> Task:
    owed = round_.asked - round_.given
    why = ngettext(
        "%(number)d institution has not submitted: remind it, or give it more time.",
        "%(number)d institutions have not submitted: remind them, or give them more time.",
        owed,
    ) % {"number": owed}
    return Task("owed", str(round_), why, url("round", round_.code), deadline=round_.deadline)


def _code(response: Any) -> Task:
    if response.coded:
        why = _("Coded: send it to its institution for validation.")
    else:
        why = _("Accepted: give its answers their categories.")
    return Task("code", about(response), why, response_url("code", response), response.accepted_at)


def _contested(response: Response) -> Task:
    why = _("The respondent contests what would be published: %(reason)s") % {"reason": response.reason}
    return Task("contested", about(response), why, response_url("code", response))


def _edition(edition: DiagnosisEdition) -> Task:
    if edition.status == EditionStatus.DRAFT:
        why = _("The round is closed: check the draft and freeze it.")
    else:
        why = _("Frozen, and not public yet: publish it.")
    address = url("round_edition", edition.round.code, edition.code) or url("round", edition.round.code)
    return Task("edition", str(edition), why, address, edition.frozen_at)


def _no_edition(round_: Round) -> Task:
    why = _("The round is closed and has no edition of the diagnosis yet.")
    return Task("edition", str(round_), why, url("round_edition_new", round_.code) or url("round", round_.code))
