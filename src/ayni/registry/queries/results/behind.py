"""What stands behind a rolled-up number: each source, with what it reported for each period of the parent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ayni.common.desk import url
from ayni.registry.models import Indicator
from ayni.registry.queries.results.frames import indicators_for
from ayni.registry.queries.results.shown import IndicatorLine
from ayni.registry.queries.results.words import told


@dataclass(frozen=True, slots=True)
class Source:
    """An indicator below; `cells`: what it told in each period of the parent, "" for nothing."""

    indicator: Indicator
    name: str
    url: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Behind:
    """An indicator of the parent with its sources; `more` are not listed."""

    line: IndicatorLine
    sources: Sequence[Source]
    more: int


def behind(user: Any, line: IndicatorLine, keys: Iterable[int]) -> list[Source]:
    """The sources `keys` of one indicator, as `user` may see them."""
    keys = list(keys)
    seen = _seen(user, keys)
    return [_source(line, seen[key]) for key in keys]


def sources_of(user: Any, lines: Sequence[IndicatorLine], most: int) -> list[Behind]:
    """The first `most` sources of each indicator, in one query for all."""
    listed = {line.indicator.pk: sorted(line.rolled.parts)[:most] for line in lines}
    seen = _seen(user, [key for keys in listed.values() for key in keys])
    return [
        Behind(
            line,
            [_source(line, seen[key]) for key in listed[line.indicator.pk]],
            len(line.rolled.parts) - len(listed[line.indicator.pk]),
        )
        for line in lines
    ]


def _seen(user: Any, keys: Sequence[int]) -> dict[int, Indicator]:
    if not keys:
        return {}
    rows = indicators_for(user).filter(pk__in=keys).select_related("result__frame__initiative")
    return {one.pk: one for one in rows}


def _source(line: IndicatorLine, found: Indicator) -> Source:
    part = line.rolled.parts[found.pk]
    cells = [told(part[one.period.pk], found) if one.period.pk in part else "" for one in line.periods]
    return Source(found, str(found.result.frame), url("indicator", found.pk), cells)
