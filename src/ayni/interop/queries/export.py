"""The registry's public records as activities of the IATI standard, version 2.03 (docs/howto/iati.md).

An institution reports the records that it keeps, so that no record leaves twice. Only what anybody may read leaves: records that are
public, executed contributions, approved measurements. A tag tells what one side alone declares, and what is invented.
Identifiers are the institution's code, a hyphen and the record's own code.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import LANGUAGES, in_every_language
from ayni.directory.models import Institution
from ayni.iati.model import Activity, ActivityDate, Description, Participant, Tag
from ayni.iati.organisation import Organisation
from ayni.iati.parts import Country, Money, Provider, Reporter, Sector, Transaction
from ayni.iati.shape import Texts
from ayni.interop.queries.export_results import results_of
from ayni.registry.models import (
    APPROVED,
    PUBLIC_RECORDS,
    Contribution,
    ContributionKind,
    Group,
    Initiative,
    Stage,
    Validation,
)

STATUS = {
    "approved": "1",
    "execution": "2",
    "suspended": "6",
    "closure": "3",
    "ex-post": "4",
    "archived": "4",
}
# Who brings what is known implements, who complements funds, who receives answers for it.
ROLES = {"first-offerer": "4", "second-offerer": "1", "recipient": "2", "both": "4", "unknown": "4"}
COLLABORATION = {"vertical": "1", "horizontal": "1", "triangular": "8"}
RECEIVES = {"recipient", "both"}
# Social protection, where no topic says more; a ministry, where the directory does not say what the institution is.
SECTOR, MINISTRY = "16010", "10"
EXPENDITURE = "4"
# How a contribution is paid: in kind, so that nobody adds it to money that was spent (UNCTAD's group B).
IN_KIND = "4"
# A reporter's own words.
OWN_TAGS = "99"
SHARE = Decimal("0.01")


def activities_of(institution: Institution) -> Iterator[Activity]:
    """The public records that the institution keeps. Twelve queries."""
    paid = Contribution.objects.filter(stage=Stage.EXECUTED, amount__isnull=False, on__lte=timezone.localdate())
    rows = Initiative.objects.filter(
        institution=institution, validation__in=PUBLIC_RECORDS, merged_into__isnull=True, state__in=APPROVED
    ).select_related("cooperation_type")
    parts = rows.prefetch_related(
        "topics",
        "participations__role",
        "participations__institution__country",
        "participations__institution__kind",
        "participations__institution__names",
        Prefetch("contributions", paid.select_related("institution").prefetch_related("institution__names")),
    )
    found = list(parts.order_by("code"))
    results = results_of(found)
    return (_activity(institution, one, results.get(one.pk, ())) for one in found)


def organisation_of(institution: Institution) -> Organisation:
    """The institution as a record of an organisation file."""
    return Organisation(
        updated=_moment(timezone.now()),
        language="es",
        identifier=institution.code,
        names=_texts(institution.name),
        reporter=_reporter(institution),
    )


def with_names(rows: "QuerySet[Institution]") -> "QuerySet[Institution]":
    """Institutions with what their files tell of them."""
    return rows.select_related("kind").prefetch_related("names").order_by("code")


def _activity(institution: Institution, one: Initiative, results: tuple) -> Activity:  # type: ignore[type-arg]
    return Activity(
        updated=_moment(one.changed_at),
        language="es",
        identifier=f"{institution.code}-{one.code}",
        reporter=_reporter(institution),
        titles=_texts(one.title),
        descriptions=tuple(_descriptions(one)),
        participants=tuple(_participants(one)),
        status=STATUS[one.state],
        dates=tuple(_dates(one)),
        countries=tuple(_countries(one)),
        sectors=tuple(_sectors(one)),
        collaboration_type=COLLABORATION.get(one.cooperation_type.code, ""),
        tags=tuple(_tags(one)),
        transactions=tuple(_transactions(one)),
        results=results,
    )


def _reporter(institution: Institution) -> Reporter:
    return Reporter(ref=institution.code, type=_kind(institution), names=_texts(institution.name))


def _kind(institution: Institution) -> str:
    return str((institution.kind.extra if institution.kind else {}).get("iati_type", MINISTRY))


def _descriptions(one: Initiative) -> Iterator[Description]:
    general = one.summary or one.objective or one.title
    yield Description(type="1", texts=_texts(general))
    if one.summary and one.objective:
        yield Description(type="2", texts=_texts(one.objective))


def _participants(one: Initiative) -> Iterator[Participant]:
    told = set()
    for row in one.participations.all():
        key = (row.institution_id, ROLES.get(row.role.code, EXPENDITURE))
        if key not in told:
            told.add(key)
            of = row.institution
            yield Participant(ref=of.code, type=_kind(of), role=key[1], names=_texts(of.name))


def _dates(one: Initiative) -> Iterator[ActivityDate]:
    planned = one.starts_on or one.approved_on
    days = {"1": planned, "2": one.began_on, "3": one.ends_on, "4": one.closed_on}
    yield from (ActivityDate(type=code, on=on) for code, on in days.items() if on)


def _countries(one: Initiative) -> Iterator[Country]:
    rows = one.participations.all()
    receiving = [row for row in rows if row.role.code in RECEIVES] or rows
    codes = list(dict.fromkeys(row.institution.country.iso2 for row in receiving if row.institution.country))
    yield from (Country(code=code, percentage=share) for code, share in _evenly(codes))


def _sectors(one: Initiative) -> Iterator[Sector]:
    codes = sorted({str(topic.extra.get("crs", SECTOR)) for topic in one.topics.all()}) or [SECTOR]
    yield from (Sector(vocabulary="1", code=code, percentage=share) for code, share in _evenly(codes))


def _tags(one: Initiative) -> Iterator[Tag]:
    if one.validation == Validation.UNILATERAL:
        yield _tag("unilateral")
    if one.fictional:
        yield _tag("fictional")


@cache
def _tag(code: str) -> Tag:
    words = {"unilateral": _("Declared by one side alone"), "fictional": _("Invented for the demonstration")}
    return Tag(code, OWN_TAGS, texts=_texts(in_every_language(words[code])))


def _transactions(one: Initiative) -> Iterator[Transaction]:
    for row in one.contributions.all():
        provider = Provider(ref=row.institution.code, type="", names=_texts(row.institution.name))
        yield Transaction(
            ref=str(row.pk),
            type=EXPENDITURE,
            on=row.on,
            value=Money(amount=row.amount, currency=row.currency, value_date=row.on),
            descriptions=_kinds()[row.kind],
            provider=provider,
            channel=IN_KIND if row.group == Group.MONETISED else "",
        )


@cache
def _kinds() -> dict[str, Texts]:
    """{kind of contribution: its name in every language}."""
    return {kind.value: _texts(in_every_language(kind.label)) for kind in ContributionKind}


def _evenly(codes: Iterable[str]) -> Iterator[tuple[str, Decimal]]:
    """Equal shares in per cent that come to exactly a hundred."""
    listed = list(codes)
    if not listed:
        return
    share = (Decimal(100) / len(listed)).quantize(SHARE)
    for code in listed[:-1]:
        yield code, share
    yield listed[-1], Decimal(100) - share * (len(listed) - 1)


def _texts(value: Mapping[str, str]) -> Texts:
    return tuple((code, value[code]) for code in LANGUAGES if value.get(code))


def _moment(at: datetime | date) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()
