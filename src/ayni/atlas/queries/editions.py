"""Which editions of the diagnosis a reader may open, and the one that the atlas shows."""

from dataclasses import dataclass

from django.core.cache import caches

from ayni.atlas.queries.facts import Atlas, parse
from ayni.surveys.models import DiagnosisEdition, EditionStatus

KEEP = 8
_parsed: dict[str, Atlas] = {}


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition without its content."""

    pk: int
    code: str
    title: dict[str, str]
    status: str
    checksum: str
    round: str
    period: tuple[int, int]
    fictional: bool

    @property
    def published(self) -> bool:
        return self.status == EditionStatus.PUBLISHED


def readable(*, drafts: bool) -> list[Edition]:
    """The frozen editions that may be read, the latest first; unpublished ones only with `drafts`. One query."""
    statuses = [EditionStatus.PUBLISHED, EditionStatus.FROZEN] if drafts else [EditionStatus.PUBLISHED]
    rows = (
        DiagnosisEdition.objects.filter(status__in=statuses)
        .order_by("-round__period_to", "-published_at", "code")
        .values_list(
            *("pk", "code", "title", "status", "checksum"),
            *("round__code", "round__period_from", "round__period_to", "round__fictional"),
        )
    )
    return [
        Edition(pk, code, title, status, checksum, round_, (first, last), fictional)
        for pk, code, title, status, checksum, round_, first, last, fictional in rows
    ]


def published(version: int) -> list[Edition]:
    """The published editions, the latest first. One query for each `version` of the data."""
    found = caches["process"].get(f"editions-{version}")
    if not isinstance(found, list):
        found = readable(drafts=False)
        caches["process"].set(f"editions-{version}", found)
    return found


def choose(editions: list[Edition], code: str = "") -> Edition | None:
    """The edition asked for; without a code the latest published one, a real one before a fictional one.

    None when there is no such edition among those that may be read.
    """
    if code:
        return next((edition for edition in editions if edition.code == code), None)
    shown = [edition for edition in editions if edition.published]
    return next((edition for edition in shown if not edition.fictional), shown[0] if shown else None)


def atlas_of(edition: Edition) -> Atlas:
    """What `edition` says. Its content is read once for a checksum and kept: a frozen edition never changes."""
    found = _parsed.get(edition.checksum)
    if found is None:
        content = DiagnosisEdition.objects.values_list("content", flat=True).get(pk=edition.pk)
        found = parse(content, edition.checksum)
        while len(_parsed) >= KEEP:
            _parsed.pop(next(iter(_parsed)))
        _parsed[edition.checksum] = found
    return found
