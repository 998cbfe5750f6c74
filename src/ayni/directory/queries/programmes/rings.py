"""Components that would need each other in a ring, and the sentence that says so."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

Needs = Mapping[str, Collection[str]]


def ring_through(start: str, needs: Needs) -> list[str]:
    """The shortest way from `start` over what it needs back to it: [start, …, start]; empty where there is none."""
    came_from: dict[str, str] = {}
    ahead = [start]
    while ahead:
        here = ahead.pop(0)
        for need in sorted(needs.get(here, ())):
            if need == start:
                return _way_back(here, came_from, start)
            if need not in came_from:
                came_from[need] = here
                ahead.append(need)
    return []


def rings(needs: Needs) -> dict[str, list[str]]:
    """{component: its ring} of those that are in one."""
    return {code: ring for code in needs if needs[code] and (ring := ring_through(code, needs))}


def ring_sentence(names: list[str]) -> str:
    """ "A needs B, B needs A": who needs whom, and what to do."""
    pairs = [
        _("%(one)s needs %(other)s") % {"one": one, "other": other}
        for one, other in zip(names, names[1:], strict=False)
    ]
    return _("These components would need each other: %(ring)s. Take one of these needs away.") % {
        "ring": ", ".join(pairs)
    }


def _way_back(here: str, came_from: Mapping[str, str], start: str) -> list[str]:
    way = [start]
    while here != start:
        way.append(here)
        here = came_from[here]
    return [*way, start][::-1]
