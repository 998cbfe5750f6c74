"""Clusters of reports of one thing: pairs are joined from the surest on, never two reports of one reporter, never by a weak link.

See docs/methods/linkage.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Two keys and the probability (0 to 1) that they are of the same thing."""

    one: str
    other: str
    chance: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The keys, in order; `chance` is the least probability of the links that hold it together."""

    keys: tuple[str, ...]
    chance: float


def clusters(
    links: Iterable[Link],
    reporters: Mapping[str, str],
    *,
    least: float = 0.5,
    weakest: float = 0.2,
    apart: Iterable[tuple[str, str]] = (),
) -> Sequence[Cluster]:
    """Clusters of two keys at least, in the order of their first keys.

    A link of less than `least` joins nothing. Two clusters do not join when both have a report of one reporter ("" is nobody), when
    some pair across them was compared and has less than `weakest` (no chain over what is known to differ), or when people said of a
    pair that it is not the same (`apart`). Of equal links the first by its keys goes first: the order given does not matter.
    """
    given = sorted(links, key=lambda one: (-one.chance, *sorted((one.one, one.other))))
    against = {frozenset(pair) for pair in apart}
    against |= {frozenset((one.one, one.other)) for one in given if one.chance < weakest}
    enemies: dict[str, set[str]] = {}
    for one, other in (sorted(pair) for pair in against if len(pair) == 2):
        enemies.setdefault(one, set()).add(other)
        enemies.setdefault(other, set()).add(one)
    groups: dict[str, _Group] = {}
    for link in given:
        if link.chance < least:
            break
        first, second = (groups.setdefault(key, _group(key, reporters, enemies)) for key in (link.one, link.other))
        if first is not second and not first.refuses(second):
            _join(groups, first, second, link.chance)
    distinct = {id(group): group for group in groups.values() if len(group.keys) > 1}
    found = [Cluster(tuple(sorted(group.keys)), group.chance) for group in distinct.values()]
    return sorted(found, key=lambda one: one.keys)


@dataclass(slots=True)
class _Group:
    keys: set[str]
    reporters: set[str]
    enemies: set[str]
    chance: float = 1.0

    def refuses(self, other: "_Group") -> bool:
        return bool(self.reporters & other.reporters or self.keys & other.enemies)


def _group(key: str, reporters: Mapping[str, str], enemies: Mapping[str, set[str]]) -> _Group:
    return _Group({key}, {reporters.get(key, "")} - {""}, set(enemies.get(key, ())))


def _join(groups: dict[str, _Group], first: _Group, second: _Group, chance: float) -> None:
    """The smaller joins the larger."""
    small, large = sorted((first, second), key=lambda one: len(one.keys))
    large.keys |= small.keys
    large.reporters |= small.reporters
    large.enemies |= small.enemies
    large.chance = min(large.chance, small.chance, chance)
    for key in small.keys:
        groups[key] = large
