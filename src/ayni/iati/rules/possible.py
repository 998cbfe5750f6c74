"""Whether a case can be broken at all in a batch, from its start tags alone (tags.py). It may say yes to what holds, never no to what
is broken: what it cannot read in a case, it takes for possible. Tests hold it against the engine without it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ayni.iati.rules.language import Case, Terms, agency_of, bare, either, starts_of
from ayni.iati.tags import Attributes, Tags

ROOTS = frozenset(("iati-activities", "iati-organisations"))
Test = tuple[str, str, str]
"""An attribute, "=" or "!=" and a value; "" for the sign: that there is no such attribute."""

_STEP = re.compile(r"([A-Za-z_][\w.-]*)((?:\[[^\[\]]*\])*)")
_PATH = re.compile(
    r"(?://|/|\.\./)?(?:[A-Za-z_][\w.-]*(?:\[[^\[\]]*\])*/{1,2})*?(?:([A-Za-z_][\w.-]*)((?:\[[^\[\]]*\])*))?(?:/?@([\w:.-]+)|/text\(\))?"
)
_ATOM = re.compile(r"\s*(?:not\(@([\w:.-]+)\)|@([\w:.-]+)\s*(!?=)\s*(?:'([^']*)'|\"([^\"]*)\"))\s*")
_COUNT = re.compile(r"\s*count\((.*)\)\s*(>|=)\s*(\d+)\s*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = ("less", "more", "start", "end", "date")


@dataclass(frozen=True, slots=True, eq=False)
class Last:
    """Where a path ends: in an element, or in one of its attributes. ``keeps``: predicates, of each the tests of which one is enough."""

    names: tuple[str, ...]
    keeps: tuple[tuple[Test, ...], ...]
    attribute: str

    def told(self, tags: Tags) -> list[Attributes] | None:
        """The tags in which the path may end; None for perhaps any."""
        if self not in tags.told:
            tags.told[self] = self._told(tags)
        return tags.told[self]

    def _told(self, tags: Tags) -> list[Attributes] | None:
        found: list[Attributes] = []
        for name in self.names:
            some = tags.of(name)
            if some is None:
                return None
            found += some
        for tests in self.keeps:
            found = [each for each in found if _meets(each, tests)]
        return [each for each in found if self.attribute in each] if self.attribute else found

    def absent(self, tags: Tags) -> bool:
        """Whether nothing of the batch is there."""
        return self.told(tags) == []


@lru_cache(4096)
def last_of(path: str, context: str) -> Last | None:
    """The end of a path seen from ``context``; None where it is of another form."""
    found = _PATH.fullmatch(path)
    if found is None or not path:
        return None
    name, predicates, attribute = found.groups()
    if name is None:
        own = context and path.startswith("@")
        here = [last_of(each.strip(), "") for each in context.split("|")] if own else []
        if not here or any(each is None or each.attribute for each in here):
            return None
        return Last(tuple(name for each in here if each for name in each.names), (), attribute)
    return Last((name,), _keeps(predicates or ""), attribute or "")


def _keeps(predicates: str) -> tuple[tuple[Test, ...], ...]:
    found = (_tests(each) for each in re.findall(r"\[([^\[\]]*)\]", predicates))
    return tuple(each for each in found if each is not None)


def _tests(predicate: str) -> tuple[Test, ...] | None:
    tests: list[Test] = []
    for each in predicate.split(" or "):
        atom = _ATOM.fullmatch(each)
        if atom is None:
            return None
        missing, name, sign, one, other = atom.groups()
        tests.append((missing or name, sign or "", one or other or ""))
    return tuple(tests)


def _meets(said: Attributes, tests: tuple[Test, ...]) -> bool:
    for name, sign, value in tests:
        if name not in said:
            if not sign:
                return True
        elif sign and (said[name] is None or (said[name] == value) is (sign == "=")):
            return True
    return False


def possible(case: Case, tags: Tags, terms: Terms) -> bool:
    """Whether the case can be broken where these tags are."""
    if not any(_stands(each, tags) for each in case.context.split("|")):
        return False
    if case.loop and all(_absent(path, case, tags) for path in case.loop):
        return False
    if any(_absent(path, case, tags) for path in _needed(case.spec.get("condition", ""))):
        return False
    judge = _JUDGES.get(case.rule)
    return judge is None or judge(case, tags, terms)


def _stands(context: str, tags: Tags) -> bool:
    """Whether each step of a context may be there."""
    return not any(step.absent(tags) for step in _steps(context))


@lru_cache(1024)
def _steps(context: str) -> tuple[Last, ...]:
    """The steps of a context that name an element, as far as they are seen; the root is not among the tags of a batch."""
    if re.search(r"[(*:]", bare(context)):
        return ()
    steps = _STEP.findall(context.strip())
    return tuple(Last((name,), _keeps(predicates), "") for name, predicates in steps if name not in ROOTS)


def _absent(path: str, case: Case, tags: Tags) -> bool:
    last = last_of(path, case.context)
    return last is not None and last.absent(tags)


@lru_cache(4096)
def _needed(expression: str) -> tuple[str, ...]:
    """Paths without which an expression is not true, as far as they are seen: of its first conjunct."""
    first = re.split(r" and (?![^\[]*\])", expression, maxsplit=1)[0] if not either(expression) else ""
    counted = _COUNT.fullmatch(first)
    if counted and (counted.group(2) == ">" or counted.group(3) != "0") and last_of(counted.group(1), ""):
        return (counted.group(1),)
    return (first,) if first and _PATH.fullmatch(first) and not first.startswith("@") else ()


def _values(case: Case, tags: Tags, paths: Sequence[str]) -> set[str] | None:
    """The values of attributes at the ends of paths; None for perhaps any."""
    found: set[str] = set()
    for path in paths:
        last = last_of(path, case.context)
        told = last.told(tags) if last is not None and last.attribute else None
        if told is None or last is None:
            return None
        for each in told:
            value = each[last.attribute]
            if value is None:
                return None
            found.add(value)
    return found


def _some(test: Callable[[str, Mapping[str, Any]], bool]) -> Callable[[Case, Tags, Terms], bool]:
    """Broken only where a value of the paths fails by itself."""

    def judge(case: Case, tags: Tags, terms: Terms) -> bool:
        values = _values(case, tags, case.spec.get("paths", ()))
        return values is None or any(test(each, case.spec) for each in values)

    return judge


def _beyond(value: str, spec: Mapping[str, Any]) -> bool:
    try:
        number = Decimal(value.strip())
        return not Decimal(str(spec.get("min", "-Infinity"))) <= number <= Decimal(str(spec.get("max", "Infinity")))
    except ArithmeticError:
        return True


def _unfit(value: str, spec: Mapping[str, Any]) -> bool:
    return bool(value) and re.search(spec["regex"], value) is None


def _foreign(case: Case, tags: Tags, terms: Terms) -> bool:
    agencies = terms.ids.get("ORG-ID-PREFIX")
    if "ORG-ID-PREFIX" not in starts_of(case.spec):
        return True
    values = _values(case, tags, case.spec["paths"]) if agencies is not None else set()
    return values is None or any(agency_of(each) not in (agencies or ()) for each in values)


def _future(case: Case, tags: Tags, terms: Terms) -> bool:
    path = case.spec.get("date", case.spec.get("less"))
    if path in ("NOW", "TODAY"):
        return True
    if "more" in case.spec and case.spec["more"] not in ("NOW", "TODAY"):
        return not _absent(path, case, tags)
    values = _values(case, tags, [path])
    now = terms.today.isoformat()
    return values is None or any(not _DAY.match(each) or each[:10] > now for each in values)


def plain_days(case: Case, tags: Tags | None) -> bool:
    """Whether every day that the case compares is written plainly, so that XPath can compare it as a number."""
    if tags is None:
        return False
    paths = [case.spec[key] for key in _DAYS if key in case.spec and case.spec[key] not in ("NOW", "TODAY")]
    values = _values(case, tags, paths)
    return values is not None and all(_DAY.fullmatch(each) for each in values)


def _at_least_one(case: Case, tags: Tags, terms: Terms) -> bool:
    """Not where each tag has one of the attributes."""
    here = [last_of(each.strip(), "") for each in case.context.split("|")]
    told = [last.told(tags) if last is not None else None for last in here]
    marks = [each[1:] for each in case.spec["paths"] if each.startswith("@")]
    return any(some is None or not all(any(mark in each for mark in marks) for each in some) for some in told)


def _one_or_all(case: Case, tags: Tags, terms: Terms) -> bool:
    attribute, names = {
        "lang": ("xml:lang", ("narrative",)),
        "currency": ("currency", ("value", "forecast", "loan-status")),
    }.get(case.spec["all"], ("", ()))
    told = Last(names, (), "").told(tags) if names else None
    return told is None or any(attribute not in each for each in told)


def _if_then(case: Case, tags: Tags, terms: Terms) -> bool:
    return not any(_absent(path, case, tags) for path in _needed(case.spec["if"]))


def _any(case: Case, tags: Tags, terms: Terms) -> bool:
    return not all(_absent(path, case, tags) for path in case.spec["paths"])


_JUDGES: Mapping[str, Callable[[Case, Tags, Terms], bool]] = {
    "nospaces": _some(lambda value, spec: value != value.strip()),
    "regexmatches": _some(_unfit),
    "range": _some(_beyond),
    "datenow": _future,
    "dateorder": _future,
    "atleastone": _at_least_one,
    "oneorall": _one_or_all,
    "ifthen": _if_then,
    "startswith": _foreign,
    "noneof": _any,
    "nomorethanone": _any,
}
