"""Indicators that roll up into those of a parent frame (docs/methods/results.md)."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ayni.methods.results.values import Measure, Tally, over_periods


@dataclass(frozen=True, slots=True)
class Way:
    """How an indicator is measured and read. `best` is the upper end of a score's scale."""

    measure: Measure
    ascending: bool = True
    cumulative: bool = False
    best: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A period of an indicator, both days included."""

    key: int
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator; `into` the one that it rolls into, None at the top. Its spans do not overlap."""

    key: int
    way: Way
    into: int | None
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class Rolled:
    """What an indicator comes to in each of its periods, by their keys.

    `own` is measured in its own frame, `total` with its sources, `told` how many sources have reported in the period, `parts` what
    each of them reported there. `outside` counts what sources reported for days that no period of this indicator holds: it is in no
    total.
    """

    own: dict[int, Tally] = field(default_factory=dict)
    total: dict[int, Tally] = field(default_factory=dict)
    told: dict[int, int] = field(default_factory=dict)
    parts: dict[int, dict[int, Tally]] = field(default_factory=dict)
    outside: int = 0


def misfit(source: Way, into: Way) -> str | None:
    """Why one cannot roll into the other: another "measure", "direction", "cumulation" or "scale"; None when it can."""
    checks = (
        (source.measure == into.measure, "measure"),
        (source.ascending == into.ascending, "direction"),
        (source.cumulative == into.cumulative, "cumulation"),
        (source.best == into.best, "scale"),
    )
    return next((name for fits, name in checks if not fits), None)


def closes_ring(into: Callable[[int], int | None], key: int, target: int) -> bool:
    """Whether `key` put below `target` would lead back to `key`, given what each stands below today (`into`; None: nothing).

    It also says so where those above `target` are a ring already: nobody who walks up from there would come to an end.
    """
    here: int | None = target
    seen = {key}
    while here is not None:
        if here in seen:
            return True
        seen.add(here)
        here = into(here)
    return False


def roll_up(nodes: Iterable[Node], approved: Mapping[int, Tally]) -> dict[int, Rolled]:
    """Each indicator with its sources' values added to its own.

    `approved` is what the approved measurements of a period come to, by its key. A source's period counts in the period of the parent
    in which it ends. Of a cumulative source the last value up to the end of the parent's period counts, also when it reported
    none in it, so that a total does not fall for a report that is late; a period for which nobody reported stays empty.
    Raises ValueError for a ring, or for a source that does not fit.
    """
    found = {node.key: node for node in nodes}
    sources: dict[int, list[int]] = {key: [] for key in found}
    for node in found.values():
        if node.into is not None and node.into in found:
            sources[node.into].append(node.key)
            if reason := misfit(node.way, found[node.into].way):
                raise ValueError(f"{node.key} does not fit into {node.into}: {reason}")
    rolled: dict[int, Rolled] = {}
    for key in _sources_first(found, sources):
        below = [(found[one], rolled[one]) for one in sources[key]]
        rolled[key] = _rolled(found[key], below, approved)
    return rolled


def _sources_first(found: Mapping[int, Node], sources: Mapping[int, list[int]]) -> Iterator[int]:
    waiting = {key: len(below) for key, below in sources.items()}
    ready = [key for key, count in waiting.items() if not count]
    done = 0
    while ready:
        key = ready.pop()
        done += 1
        yield key
        into = found[key].into
        if into is not None and into in found:
            waiting[into] -= 1
            if not waiting[into]:
                ready.append(into)
    if done < len(found):
        raise ValueError("indicators roll into one another in a ring")


def _rolled(node: Node, below: list[tuple[Node, Rolled]], approved: Mapping[int, Tally]) -> Rolled:
    spans = sorted(node.spans, key=lambda span: span.starts)
    nothing = Tally(node.way.measure)
    own = {span.key: approved.get(span.key, nothing) for span in spans}
    found = Rolled(own, dict(own), dict.fromkeys(own, 0))
    starts = [span.starts for span in spans]
    for source, rolled in below:
        found.parts[source.key] = _by_span(source, rolled, spans, starts, found)
    for part in found.parts.values():
        for key in part:
            found.told[key] += 1
    if below and node.way.cumulative:
        _add_carried(node.way.measure, spans, found)
    else:
        for part in found.parts.values():
            for key, told in part.items():
                found.total[key] += told
    return found


def _by_span(source: Node, rolled: Rolled, spans: list[Span], starts: list[date], into: Rolled) -> dict[int, Tally]:
    """What the source told in each period of the parent; what ends in none of them is counted apart."""
    parts: dict[int, list[Tally]] = {}
    for span in sorted(source.spans, key=lambda one: one.ends):
        told = rolled.total[span.key]
        if not told.told:
            continue
        place = bisect_right(starts, span.ends) - 1
        if place < 0 or span.ends > spans[place].ends:
            into.outside += 1
        else:
            parts.setdefault(spans[place].key, []).append(told)
    way = source.way
    return {
        key: told[0] if len(told) == 1 else over_periods(way.measure, told, cumulative=way.cumulative)
        for key, told in parts.items()
    }


def _add_carried(measure: Measure, spans: list[Span], found: Rolled) -> None:
    """Adds, for each period that somebody reported, the last number of everybody."""
    own = {key: told for key, told in found.own.items() if told.told}
    last: dict[int, Tally] = {}
    for span in spans:
        here = [(place, part[span.key]) for place, part in enumerate((own, *found.parts.values())) if span.key in part]
        last |= {place: told for place, told in here if told.count}
        total = Tally(measure, not_applicable=sum(told.not_applicable for _, told in here if not told.count))
        for one in last.values() if here else ():
            total += one
        found.total[span.key] = total
