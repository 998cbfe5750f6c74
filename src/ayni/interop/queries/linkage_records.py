"""Initiatives and reports as the plain records that the linkage compares, and the models it starts from and learns."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from ayni.common.reference import document
from ayni.directory.models import Concept
from ayni.exchange.queries import wording
from ayni.interop.models import RecordPair, Verdict
from ayni.interop.queries.linkage_reported import reported_records
from ayni.methods.linkage.features import FEATURES
from ayni.methods.linkage.learning import learn
from ayni.methods.linkage.model import Model, from_json
from ayni.methods.linkage.pipeline import Compared, compare
from ayni.methods.linkage.record import Record
from ayni.methods.linkage.words import Floats
from ayni.registry.models import Contribution, Initiative
from ayni.registry.queries.rates import rates_of

SHIPPED = "linkage.json"
# Before all of today's features were kept, these were of another scale.
RESCALED = ("parallel", "likewise", "rival")


def records() -> list[Record]:
    """Every initiative that counts, and every report that stands alone or leads. As many queries whatever their number."""
    return [*initiative_records(), *reported_records()]


def initiative_records() -> list[Record]:
    """Every initiative that counts. Five queries."""
    rows = Initiative.objects.filter(merged_into__isnull=True).select_related("institution").order_by("pk")
    money = _dollars()
    return [
        record_of(one, money.get(one.pk))
        for one in rows.prefetch_related("participations__institution", "topics").iterator(chunk_size=2_000)
    ]


def record_of(one: Initiative, usd: float | None = None) -> Record:
    """What the record says, as it is compared: who keeps it reports it; the CRS codes of its topics are its sectors."""
    sides = [one.institution, *(row.institution for row in one.participations.all())]
    return Record(
        key=f"i{one.pk}",
        source="registry",
        reporter=one.institution.code,
        countries=frozenset(side.country_id for side in sides if side.country_id),
        first=_year(one.began_on or one.starts_on),
        last=_last(one),
        sectors=frozenset(_sector(topic) for topic in one.topics.all()),
        usd=usd,
        title=one.title,
        text={
            code: f"{one.objective.get(code, '')} {one.summary.get(code, '')}"
            for code in {*one.objective, *one.summary}
        },
    )


def compared(given: Sequence[Record]) -> Compared:
    """The pairs of these records worth a close look. Words are compared by meaning where the encoder is on."""
    meanings = _meanings if wording.is_on() else None
    return compare(given, shipped("first_look"), shipped("close_look"), meanings)


def taught() -> Model:
    """The shipped model after everything that people have decided so far."""
    rows = RecordPair.objects.filter(verdict__in=[Verdict.SAME, Verdict.DIFFERENT]).order_by("pk")
    given = list(rows.values_list("features", "verdict"))
    found = np.array([_row(told) for told, _verdict in given], dtype=np.float32)
    same = np.array([verdict == Verdict.SAME for _one, verdict in given], dtype=np.float64)
    return learn(shipped("last_look"), found, same)


def shipped(name: str) -> Model:
    """`first_look`, `close_look` or `last_look` of data/linkage.json."""
    return from_json(json.dumps(document(SHIPPED)[name]))


def _row(told: Mapping[str, float | None]) -> list[float]:
    """The features of a pair as it was last compared, NaN unknown; what an earlier comparison measured otherwise is unknown too."""
    passed = () if set(told) >= set(FEATURES) else RESCALED
    known = {name: value for name, value in told.items() if value is not None and name not in passed}
    return [known.get(name, np.nan) for name in FEATURES]


def _meanings(words: Sequence[str]) -> Floats:
    found = wording.directions(words)
    assert found is not None
    return found


def _year(day: date | None) -> int | None:
    return day.year if day else None


def _last(one: Initiative) -> int | None:
    """The year in which it ends; nothing where that is told to be before it began."""
    first, last = _year(one.began_on or one.starts_on), _year(one.closed_on or one.ends_on)
    return None if first and last and last < first else last


def _sector(topic: Concept) -> str:
    return str((topic.extra or {}).get("crs") or topic.code)


def _dollars() -> dict[int, float]:
    """What is contributed in money or valued, in dollars; an initiative with an amount that has no rate is left out."""
    rows = Contribution.objects.exclude(currency="").values_list("initiative", "amount", "currency", "on")
    kept = [(pk, amount, currency, on) for pk, amount, currency, on in rows if amount is not None]
    rates = rates_of(currency for _pk, _amount, currency, _on in kept)
    sums: dict[int, float] = defaultdict(float)
    unknown = set()
    for pk, amount, currency, on in kept:
        dollars = rates.dollars(amount, currency, on)
        if dollars is None:
            unknown.add(pk)
        else:
            sums[pk] += float(dollars)
    return {pk: total for pk, total in sums.items() if total > 0 and pk not in unknown}
