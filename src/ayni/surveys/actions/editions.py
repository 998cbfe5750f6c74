"""Editions of the diagnosis: a draft follows its round; a frozen one never changes; a published one is public."""

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import PUBLISH, require
from ayni.surveys.models import DiagnosisEdition, EditionStatus, Response, ResponseStatus, Round, RoundStatus
from ayni.surveys.queries.content.assemble import canonical, computed_content
from ayni.surveys.queries.content.live import live_content


@transaction.atomic
def create_edition(
    *, by: Any, round: Round, code: str, title: dict[str, str], previous: DiagnosisEdition | None = None
) -> DiagnosisEdition:
    """Start a draft. Raises Refused when the code is taken or the previous edition is not frozen."""
    _require(by)
    if previous is not None and previous.status == EditionStatus.DRAFT:
        raise Refused(_("%(edition)s is still a draft: freeze it before comparing with it.") % {"edition": previous})
    try:
        with transaction.atomic():
            edition = DiagnosisEdition.objects.create(code=code, title=title, round=round, previous=previous)
    except IntegrityError as error:
        raise Refused(_("There is already an edition %(code)s: choose another code.") % {"code": code}) from error
    record(by=by, verb="edition created", on=edition, after={"round": round.code}, public=False)
    return edition


@transaction.atomic
def freeze_edition(*, by: Any, edition: DiagnosisEdition) -> DiagnosisEdition:
    """Keep what the round gives now, with its checksum. Raises Refused unless it is a draft with something to say."""
    _require(by)
    edition = _locked(edition)
    if edition.status != EditionStatus.DRAFT:
        raise Refused(_("%(edition)s is already frozen.") % {"edition": edition})
    if edition.round.status != RoundStatus.CLOSED:
        raise Refused(_("The round is still open: close it before freezing its diagnosis."))
    if not Response.objects.filter(round=edition.round, status=ResponseStatus.VALIDATED).exists():
        raise Refused(_("No response of this round is validated yet: there is nothing to freeze."))
    edition.content = canonical(computed_content(edition) | live_content(edition))
    edition.checksum = checksum(edition.content)
    edition.status = EditionStatus.FROZEN
    edition.frozen_at = timezone.now()
    edition.frozen_by = by
    edition.save()
    record(by=by, verb="edition frozen", on=edition, after={"checksum": edition.checksum}, public=False)
    return edition


@transaction.atomic
def publish_edition(*, by: Any, edition: DiagnosisEdition) -> DiagnosisEdition:
    """Make a frozen edition public. Raises Refused when it is a draft or its content is not what was frozen."""
    _require(by)
    edition = _locked(edition)
    if edition.status != EditionStatus.FROZEN:
        raise Refused(_("Only a frozen edition can be published: freeze it first."))
    if checksum(edition.content) != edition.checksum:
        raise Refused(_("The content is not what was frozen: its checksum differs. Restore it from a backup."))
    edition.status = EditionStatus.PUBLISHED
    edition.published_at = timezone.now()
    edition.save()
    record(by=by, verb="edition published", on=edition, after={"checksum": edition.checksum})
    return edition


@transaction.atomic
def discard_edition(*, by: Any, edition: DiagnosisEdition) -> None:
    """Take a draft away; the record keeps it. Raises Refused for a frozen edition, which stays for ever."""
    _require(by)
    edition = _locked(edition)
    if edition.status != EditionStatus.DRAFT:
        raise Refused(_("%(edition)s is frozen: it stays.") % {"edition": edition})
    record(by=by, verb="edition discarded", on=edition, before={"code": edition.code}, public=False)
    edition.delete()


def checksum(content: str) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(content.encode()).hexdigest()


def _require(by: Any) -> None:
    if by is not None:
        require(by, PUBLISH)


def _locked(edition: DiagnosisEdition) -> DiagnosisEdition:
    return (
        DiagnosisEdition.objects.select_for_update(of=("self", "round"))
        .select_related("round__version__instrument", "previous")
        .get(pk=edition.pk)
    )
