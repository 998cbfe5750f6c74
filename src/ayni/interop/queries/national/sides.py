"""What two countries report about cooperation with each other, read from their national records, in our classes."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, OuterRef

from ayni.common.columns import VersionStatus
from ayni.directory.models import Country
from ayni.interop.formats.national.cells import Classes
from ayni.interop.formats.national.profile import CROSSED
from ayni.interop.formats.national.sides import PARTNER, PROVIDER, RECIPIENT
from ayni.interop.models import RecordProfile, ReportedActivity, ReportedCode
from ayni.interop.queries.kept import KeptAnswers, imported_so_far
from ayni.interop.queries.linkage_records import compared, shipped
from ayni.interop.queries.national.reading import classes_of
from ayni.methods.linkage.model import FEATURES
from ayni.methods.linkage.record import Record
from ayni.methods.two_sides import Difference, Pair, Report, Row, amounts, differences, pairs, tally, years

ROLES = (PROVIDER, RECIPIENT, PARTNER)
DIMENSIONS = tuple(str(field) for field in CROSSED)
# Above so many records of a side, pairs are found by identifiers alone: likeness would take too long for a page.
MOST_COMPARED = 3_000
# Two countries alone share the countries of all their records: so titles have to have words in common too, as the linkage measures it.
WORDS = FEATURES.index("words")
LEAST_WORDS = 0.2
ANSWERS = KeptAnswers(64)


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A code that leads to no term, and how many of the records shown bear it. `decided`: somebody said that it counts in none."""

    country: str
    field: str
    label: str
    uses: int
    decided: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One country's records about the other: as the method compares them, and {key: the record}."""

    country: str
    reports: tuple[Report, ...]
    records: Mapping[str, ReportedActivity]
    unmapped: tuple[Unmapped, ...]


@dataclass(frozen=True, slots=True)
class TwoSides:
    """Everything that the page of two countries shows. The two sides are never added up."""

    one: Side
    other: Side
    years: tuple[Row, ...]
    classes: Mapping[str, tuple[Row, ...]]
    amounts: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    pairs: tuple[tuple[Pair, tuple[Difference, ...]], ...]
    only_one: tuple[Report, ...]
    only_other: tuple[Report, ...]


def countries_with_records() -> list[Country]:
    """Countries of which a profile in force has records. One query."""
    of = RecordProfile.objects.filter(country=OuterRef("pk"), status=VersionStatus.CURRENT)
    return list(Country.objects.filter(Exists(of)))


def two_sides(one: str, other: str) -> TwoSides:
    """The answer for two countries (ISO 3166-1 alpha-3), asked anew after an import or a change of a profile."""
    changed = RecordProfile.objects.aggregate(last=Max("changed_at"), number=Max("pk"))
    stamp: Hashable = (imported_so_far(), *changed.values())
    return ANSWERS.answer(stamp, (one, other), lambda: _two_sides(one, other))


def _two_sides(one: str, other: str) -> TwoSides:
    mine, theirs = side_of(one, other), side_of(other, one)
    matched = pairs(mine.reports, theirs.reports, _chances(mine, theirs))
    in_pairs = {(1, pair.one.key) for pair in matched} | {(2, pair.other.key) for pair in matched}
    return TwoSides(
        mine,
        theirs,
        tuple(years(mine.reports, theirs.reports)),
        {name: tuple(tally(mine.reports, theirs.reports, name)) for name in DIMENSIONS},
        tuple(amounts(mine.reports, theirs.reports)),
        tuple((pair, tuple(differences(pair, DIMENSIONS))) for pair in matched),
        tuple(each for each in mine.reports if (1, each.key) not in in_pairs),
        tuple(each for each in theirs.reports if (2, each.key) not in in_pairs),
    )


def side_of(country: str, partner: str) -> Side:
    """What `country` reports about `partner`. Four queries and one for each profile of the country."""
    profiles = list(RecordProfile.objects.filter(country=country, status=VersionStatus.CURRENT))
    classes = {one.declared["reporter"]["ref"]: classes_of(one) for one in profiles}
    with_partner = ReportedCode.objects.filter(activity=OuterRef("pk"), field__in=ROLES, key=partner)
    rows = ReportedActivity.objects.filter(Exists(with_partner), publisher__in=list(classes)).select_related(
        "last_file"
    )
    rows = rows.defer("content", "words").prefetch_related("codes", "sectors").order_by("identifier", "pk")
    records = {str(one.pk): one for one in rows}
    reports = tuple(_report(one, classes[one.publisher]) for one in records.values())
    return Side(country, reports, records, tuple(_unmapped(country, records.values(), classes)))


def _report(one: ReportedActivity, classes: Classes) -> Report:
    codes = list(one.codes.all())
    terms: dict[str, set[str]] = {}
    for row in codes:
        found = classes.get((row.field, row.key))
        if found is not None:
            terms.setdefault(row.field, set()).add(found.code)
    committed = {
        currency: Decimal(of["committed"]) for currency, of in one.amounts.items() if currency and "committed" in of
    }
    return Report(
        str(one.pk),
        one.identifier.removeprefix(f"{one.publisher}-"),
        frozenset(row.label for row in codes if row.field == "counterpart-identifier"),
        one.starts_on,
        one.ends_on,
        one.status,
        committed,
        {field: frozenset(found) for field, found in terms.items()},
    )


def _unmapped(country: str, records: Any, classes: Mapping[str, Classes]) -> list[Unmapped]:
    uses: dict[tuple[str, str], tuple[str, int, bool]] = {}
    for one in records:
        for row in one.codes.all():
            key = (row.field, row.key)
            if row.field not in CROSSED or classes[one.publisher].get(key) is not None:
                continue
            number = uses.get(key, ("", 0, False))[1]
            uses[key] = (row.label, number + 1, key in classes[one.publisher])
    found = [Unmapped(country, field, *told) for (field, _key), told in uses.items()]
    return sorted(found, key=lambda each: (each.field, -each.uses, each.label))


def _chances(mine: Side, theirs: Side) -> dict[tuple[str, str], float]:
    """{(key, key): the probability that both are of the same cooperation}, by likeness of titles, years, money, sectors."""
    if max(len(mine.reports), len(theirs.reports)) > MOST_COMPARED or not (mine.reports and theirs.reports):
        return {}
    given: Sequence[Record] = [_record(1, mine, one) for one in mine.records.values()]
    given = [*given, *(_record(2, theirs, one) for one in theirs.records.values())]
    looked = compared(given)
    chances = shipped("close_look").probabilities(looked.found)
    found = {}
    for place, chance in enumerate(chances.tolist()):
        first, second = sorted(looked.keys(place))
        if first[0] == "1" and second[0] == "2" and looked.found[place, WORDS] >= LEAST_WORDS:
            found[first[2:], second[2:]] = float(chance)
    return found


def _record(number: int, side: Side, one: ReportedActivity) -> Record:
    first, last = (day.year if day else None for day in (one.starts_on, one.ends_on))
    dollars = Decimal(one.amounts.get("USD", {}).get("committed", 0))
    return Record(
        key=f"{number}:{one.pk}",
        source=one.publisher,
        reporter=one.publisher,
        countries=frozenset({side.country, *(row.key for row in one.codes.all() if row.field in ROLES)}),
        first=first,
        last=None if first and last and last < first else last,
        sectors=frozenset(row.code for row in one.sectors.all() if row.vocabulary == "1"),
        usd=float(dollars) if dollars > 0 else None,
        title=one.titles,
        text=one.descriptions,
    )
