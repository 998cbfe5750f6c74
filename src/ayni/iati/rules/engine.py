"""Judges elements by the cases of a ruleset."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree

from ayni.iati.rules.language import Case, Ruleset, Terms, agency_of, cases_of, starts_of
from ayni.iati.rules.possible import plain_days, possible
from ayni.iati.rules.screen import MISSING_OF, screen
from ayni.iati.rules.sheet import suspects
from ayni.iati.tags import Tags

LOOPED = 500
"""Values of one element that a loop asks about: each asks for all of them again."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Node = Any
"""An element, or the text of an attribute or a text node as lxml gives it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A case that an element breaks, with the nodes that break it (at least the element itself)."""

    case: Case
    element: etree._Element
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Asked:
    """An element with a case, and the value of the loop."""

    case: Case
    element: etree._Element
    terms: Terms
    each: str = ""

    def select(self, path: str) -> list[Node]:
        """The nodes of a path; () for a path that gives a number or a truth."""
        found = compiled(path)(self.element, each=self.each)
        return found if isinstance(found, list) else []

    def true(self, path: str) -> bool:
        """Whether a path is true as XPath's boolean() sees it."""
        return bool(compiled(f"boolean({path})")(self.element, each=self.each))

    def nodes(self) -> list[Node]:
        """The nodes of all ``paths``, one path after the other."""
        return [node for path in self.case.spec.get("paths", ()) for node in self.select(path)]

    def day(self, key: str) -> date | None:
        """The day of the path under ``key``; None where there is none, or it is none."""
        path = self.case.spec[key]
        if path in ("NOW", "TODAY"):
            return self.terms.today
        found = self.select(path)
        return day_in(text_of(found[0])) if found else None


@cache
def compiled(path: str) -> etree.XPath:
    """A compiled path."""
    return etree.XPath(path, regexp=False)


def text_of(node: Node) -> str:
    """The text of an element with all within it, or of an attribute."""
    return "".join(node.itertext()) if isinstance(node, etree._Element) else str(node)


def day_in(text: str) -> date | None:
    """The day a text begins with."""
    day = text.strip()[:10]
    try:
        return date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        return None


def _at_least_one(asked: Asked) -> list[Node] | None:
    return None if asked.nodes() else []


def _no_more_than_one(asked: Asked) -> list[Node] | None:
    nodes = asked.nodes()
    return nodes[1:] if len(nodes) > 1 else None


def _only_one_of(asked: Asked) -> list[Node] | None:
    nodes = asked.nodes()
    if any(asked.select(path) for path in asked.case.spec["excluded"]):
        return nodes or None
    return None if len(nodes) == 1 else nodes[1:]


def _one_or_all(asked: Asked) -> list[Node] | None:
    if asked.select(asked.case.spec["one"]):
        return None
    lacking = MISSING_OF.get(asked.case.spec["all"])
    return (asked.select(lacking) or None) if lacking else None


def _dependent(asked: Asked) -> list[Node] | None:
    found = [bool(asked.select(path)) for path in asked.case.spec["paths"]]
    return [] if any(found) and not all(found) else None


def _strict_sum(asked: Asked) -> list[Node] | None:
    nodes = asked.nodes()
    try:
        total = sum((Decimal(text_of(node).strip()) for node in nodes), Decimal(0))
        good = total.is_finite() and round(total, 4) == round(Decimal(str(asked.case.spec["sum"])), 4)
    except ArithmeticError:
        good = False
    return None if good else nodes


def _sum(asked: Asked) -> list[Node] | None:
    return _strict_sum(asked) if asked.nodes() else None


def _date_order(asked: Asked) -> list[Node] | None:
    less, more = asked.day("less"), asked.day("more")
    return asked.select(asked.case.spec["less"])[:1] if less and more and less > more else None


def _date_now(asked: Asked) -> list[Node] | None:
    day = asked.day("date")
    return asked.select(asked.case.spec["date"])[:1] if day and day > asked.terms.today else None


def _year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date.max if day.year == date.max.year else date(day.year + 1, 3, 1)


def _time_limit(asked: Asked) -> list[Node] | None:
    start, end = asked.day("start"), asked.day("end")
    return asked.select(asked.case.spec["end"])[:1] if start and end and end > _year_after(start) else None


def _between_dates(asked: Asked) -> list[Node] | None:
    day, start, end = asked.day("date"), asked.day("start"), asked.day("end")
    if day is None or ((start is None or start <= day) and (end is None or day <= end)):
        return None
    return asked.select(asked.case.spec["date"])[:1]


def _id_condition(asked: Asked) -> bool:
    wanted = asked.case.spec.get("idCondition")
    if wanted is None:
        return True
    known = asked.terms.ids.get("ORG-ID", frozenset())
    texts = [text_of(node) for node in asked.nodes()]
    if wanted == "NOT_EXISTING_ORG_ID":
        return not any(text in known for text in texts)
    if wanted == "NOT_EXISTING_ORG_ID_PREFIX":
        return not any(text[:place] in known for text in texts for place, sign in enumerate(text) if sign == "-")
    return True


@cache
def _pattern(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _regex(asked: Asked, wanted: bool) -> list[Node] | None:
    pattern = _pattern(asked.case.spec["regex"])
    texts = [(node, text_of(node)) for node in asked.nodes()]
    return [node for node, text in texts if text and bool(pattern.search(text)) is not wanted] or None


def _starts_with(asked: Asked) -> list[Node] | None:
    spec = asked.case.spec
    paths = starts_of(spec)
    if "ORG-ID-PREFIX" in paths:
        agencies = asked.terms.ids.get("ORG-ID-PREFIX")
        if agencies is None:
            return None
        return [node for node in asked.nodes() if agency_of(text_of(node)) not in agencies] or None
    prefixes = tuple(text_of(node) + spec.get("separator", "") for path in paths for node in asked.select(path))
    return [node for node in asked.nodes() if not text_of(node).startswith(prefixes)] or None


def _unique(asked: Asked) -> list[Node] | None:
    seen: set[str] = set()
    twice = []
    for node in asked.nodes():
        text = text_of(node)
        if text in seen:
            twice.append(node)
        seen.add(text)
    return twice or None


def _if_then(asked: Asked) -> list[Node] | None:
    spec = asked.case.spec
    return None if not asked.true(spec["if"]) or asked.true(spec["then"]) else asked.nodes()


def _no_spaces(asked: Asked) -> list[Node] | None:
    return [node for node in asked.nodes() if text_of(node) != text_of(node).strip()] or None


def _range(asked: Asked) -> list[Node] | None:
    return [node for node in asked.nodes() if not _within(text_of(node), asked.case.spec)] or None


def _within(text: str, spec: Any) -> bool:
    try:
        value = Decimal(text.strip())
    except ArithmeticError:
        return False
    low, high = Decimal(str(spec.get("min", "-Infinity"))), Decimal(str(spec.get("max", "Infinity")))
    return not value.is_nan() and low <= value <= high


_CHECKS: dict[str, Callable[[Asked], list[Node] | None]] = {
    "atleastone": _at_least_one,
    "nomorethanone": _no_more_than_one,
    "onlyoneof": _only_one_of,
    "oneorall": _one_or_all,
    "dependent": _dependent,
    "sum": _sum,
    "strictsum": _strict_sum,
    "dateorder": _date_order,
    "datenow": _date_now,
    "timelimit": _time_limit,
    "betweendates": _between_dates,
    "regexmatches": lambda asked: _regex(asked, True),
    "regexnomatches": lambda asked: _regex(asked, False),
    "startswith": _starts_with,
    "unique": _unique,
    "ifthen": _if_then,
    "nospaces": _no_spaces,
    "range": _range,
    "noneof": lambda asked: asked.nodes() or None,
    "evaluatestotrue": lambda asked: None if asked.true(asked.case.spec["eval"]) else [],
}


def judge(case: Case, element: etree._Element, terms: Terms) -> Broken | None:
    """What of ``element`` breaks the case; None where nothing does, or the case does not concern it."""
    for each in _loop_values(case, element):
        asked = Asked(case, element, terms, each)
        if "condition" in case.spec and not asked.true(case.spec["condition"]):
            continue
        nodes = _CHECKS[case.rule](asked)
        if nodes is not None and _id_condition(asked):
            return Broken(case, element, nodes or [element])
    return None


def _loop_values(case: Case, element: etree._Element) -> list[str]:
    if not case.loop:
        return [""]
    values = dict.fromkeys(text_of(node) for path in case.loop for node in compiled(path)(element))
    return list(islice(values, LOOPED))


def broken(
    cases: Sequence[Case], root: etree._Element, terms: Terms, *, tags: Tags | None = None, screened: bool = True
) -> Iterator[Broken]:
    """Everything in a document that breaks a case. ``tags``: its start tags, where they are known, to pass over what cannot be."""
    asked = [case for case in cases if tags is None or possible(case, tags, terms)]
    met: Iterable[Sequence[etree._Element]]
    if screened:
        met = suspects(root, [(case.context, screen(case, terms.today, plain_days(case, tags))) for case in asked])
    else:
        met = (compiled(case.context)(root) for case in asked)
    for case, elements in zip(asked, met, strict=True):
        for element in elements:
            found = judge(case, element, terms)
            if found is not None:
                yield found


def holds(ruleset: Ruleset, root: etree._Element, today: date) -> bool:
    """Whether a document keeps to a ruleset."""
    return next(broken(cases_of(ruleset), root, Terms(today)), None) is None
