"""What the registry's public records bring to the snapshot (settings.SNAPSHOT_SOURCES): who offered to whom, without money.

An initiative of two offerers, three recipients and two topics is twelve rows that count a twelfth each: sums count it once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pyarrow as pa
from django.utils import timezone

from ayni.analytics.manifest import Gathered
from ayni.analytics.schema import Flow, table_of
from ayni.common.reference import table
from ayni.methods.roles import BOTH, OFFERS, RECEIVES
from ayni.registry.models import PUBLIC_RECORDS, Initiative, InitiativeState, Participation, Validation

SOURCE = "registry"
STATUS = {Validation.PUBLISHED: "validated", Validation.UNILATERAL: "unilateral"}
# Neither what was called off nor what is not agreed yet is cooperation.
NOT_COUNTED = (InitiativeState.CANCELLED, InitiativeState.IDENTIFICATION, InitiativeState.FORMULATION)
DAYS = ("began_on", "starts_on", "approved_on")
BATCH = 50_000
Sides = dict[int, tuple[set[str], set[str]]]


def gather() -> Gathered:
    """The public records with what is said of them; every country and term has its own list of names."""
    return Gathered(tuple(tables()), {}, tuple(about()))


def tables() -> Iterator[pa.Table]:
    """The public records, some tens of thousands of rows at a time."""
    rows: list[Flow] = []
    for flows in _initiatives():
        rows += flows
        if len(rows) >= BATCH:
            yield table_of(rows)
            rows = []
    yield table_of(rows)


def about() -> list[dict[str, Any]]:
    """How many public records count, and why the others do not: no sides, one country alone, no date."""
    records = _records()
    sides = _sides()
    days = records.values_list("pk", *DAYS).iterator()
    why = Counter(_apart(*sides.get(pk, (set(), set())), _day(*told)) for pk, *told in days)
    return [
        {
            "source": SOURCE,
            "name": "",
            "rows": why.pop("", 0),
            "apart": dict(sorted(why.items())),
            "problems": 0,
            "loaded": timezone.now().isoformat(timespec="seconds"),
            "fictional": records.filter(fictional=True).exists(),
        }
    ]


def _records() -> Any:
    rows = Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True)
    return rows.exclude(state__in=NOT_COUNTED)


def _sides() -> Sides:
    """{initiative: (countries that offer, countries that receive)}."""
    sides: Sides = defaultdict(lambda: (set(), set()))
    rows = Participation.objects.filter(initiative__in=_records().values("pk"), institution__country__isnull=False)
    found = rows.values_list("initiative", "institution__country", "role__code")
    for initiative, country, role in found.iterator():
        givers, takers = sides[initiative]
        if role in OFFERS or role == BOTH:
            givers.add(country)
        if role in RECEIVES or role == BOTH:
            takers.add(country)
    return sides


def _day(began: date | None, starts: date | None, approved: date | None) -> date | None:
    """The day that says of which year a record is."""
    return began or starts or approved


def _apart(givers: set[str], takers: set[str], day: date | None) -> str:
    """Why a record is kept apart; "" where it counts."""
    if not givers or not takers:
        return "direction"
    if len(givers | takers) == 1:
        return "one-country"
    return "" if day else "undated"


def _initiatives() -> Iterator[list[Flow]]:
    sides = _sides()
    topics: dict[int, list[str]] = defaultdict(list)
    for initiative, topic in Initiative.topics.through.objects.values_list("initiative", "concept__code").iterator():
        topics[initiative].append(topic)
    sectors = {row["topic"]: row["crs"] for row in table("flows/topics.csv")}
    regions = {row["country"]: row["region"] for row in table("geo/country_m49.csv")}
    fields = ("pk", "validation", "cooperation_type__code", *DAYS)
    for pk, validation, kind, *told in _records().values_list(*fields).iterator():
        day = _day(*told)
        givers, takers = sides.get(pk, (set(), set()))
        if day is None or _apart(givers, takers, day):
            continue
        pairs = [(giver, taker) for giver, taker in product(sorted(givers), sorted(takers)) if giver != taker]
        about_what = topics[pk] or [""]
        part = 1.0 / (len(pairs) * len(about_what))
        yield [
            Flow(
                provider=giver,
                recipient=taker,
                region=regions.get(taker, ""),
                sector=sectors.get(topic, ""),
                topic=topic,
                modality=kind,
                source=SOURCE,
                status=STATUS[validation],
                currency="",
                price_base="",
                year=day.year,
                value=0.0,
                count=part,
            )
            for giver, taker in pairs
            for topic in about_what
        ]
