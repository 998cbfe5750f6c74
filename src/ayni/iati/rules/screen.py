"""Which elements a case may concern at all, as one XPath that libxml2 runs over a whole batch: the engine looks only at those.

A screen may let good elements through, never keep a bad one back; tests hold it against the engine without screens.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from ayni.iati.rules.language import Case

MISSING_OF = {
    "lang": "descendant::narrative[not(@xml:lang)]",
    "sector": "transaction[not(sector)]",
    "recipient-country|recipient-region": "transaction[not(recipient-country|recipient-region)]",
    "currency": "descendant::*[self::value or self::forecast or self::loan-status][not(@currency)]",
}
"""What ``all`` of one_or_all stands for: the elements that lack it."""

Spec = Mapping[str, Any]
_EACH = re.compile(r"\[@[\w:-]+\s*=\s*\$each\]")
_FORBIDDEN = re.compile(r"\^\[\^((?:\\[^\w]|[^\]\\\w-])+)\]\+\$")
_MORE = re.compile(r"count\([^()|]*\) > \d+(?= and |$)")


def conditions(case: Case, today: date, plain_days: bool) -> list[str]:
    """What must be true of an element for the case to be asked about it. ``plain_days``: all its days are like 2026-11-30."""
    wanted = [f"({case.spec['condition']})"] if "condition" in case.spec else []
    make = _SCREENS.get(case.rule)
    if case.loop:
        wanted = [" or ".join(f"boolean({path})" for path in case.loop), *_of_any_value(case)]
    elif make is not None:
        wanted.append(make(case.spec))
    elif plain_days and case.rule in _DAYS:
        wanted.append(_DAYS[case.rule](case.spec, today))
    return wanted


def _of_any_value(case: Case) -> Iterator[str]:
    """What a loop's case needs whatever the value: more than so many of the elements that have some value."""
    if case.rule == "nomorethanone":
        yield _several({"paths": [_EACH.sub("", path) for path in case.spec["paths"]]})
    for expression in (case.spec.get("condition", ""), case.spec.get("if", "")):
        counted = _MORE.match(expression)
        if counted:
            yield _EACH.sub("", counted.group())


def context_of(case: Case) -> str:
    """An XPath of the elements of a document that the case concerns."""
    return _context(case.context)


@lru_cache(256)
def _context(context: str) -> str:
    if "|" in context:
        return f"({context})"
    return f"/descendant::{context[2:]}" if context.startswith("//") and "/" not in context[2:] else context


def _union(spec: Spec) -> str:
    return "|".join(spec["paths"]) or "self::node()[false()]"


def _day(path: str, today: date) -> str:
    """A day as the number yyyymmdd; not a number where there is none."""
    if path in ("NOW", "TODAY"):
        return str(today.year * 10_000 + today.month * 100 + today.day)
    return f"number(translate(substring({path}, 1, 10), '-', ''))"


def _order(spec: Spec, today: date) -> str:
    return f"{_day(spec['less'], today)} > {_day(spec['more'], today)}"


def _between(spec: Spec, today: date) -> str:
    day = _day(spec["date"], today)
    return f"{day} < {_day(spec['start'], today)} or {day} > {_day(spec['end'], today)}"


def _longer(spec: Spec, today: date) -> str:
    return f"{_day(spec['end'], today)} > {_day(spec['start'], today)} + 10000"


def _range(spec: Spec) -> str:
    tests = ["not(number(.) = number(.))"]
    if "min" in spec:
        tests.append(f"number(.) < {spec['min']}")
    if "max" in spec:
        tests.append(f"number(.) > {spec['max']}")
    return " or ".join(f"boolean({path}[{' or '.join(tests)}])" for path in spec["paths"]) or "false()"


def _spaces(spec: Spec) -> str:
    ends = "normalize-space(substring(., 1, 1)) = '' or normalize-space(substring(., string-length(.), 1)) = ''"
    return " or ".join(f"boolean({path}[{ends}])" for path in spec["paths"]) or "false()"


def _one_or_all(spec: Spec) -> str:
    return f"not({spec['one']}) and {MISSING_OF.get(spec['all'], 'false()')}"


def _several(spec: Spec) -> str:
    return " + ".join(f"count({path})" for path in spec["paths"]) + " > 1" if spec["paths"] else "false()"


def _alike(spec: Spec) -> str:
    pairs = [f"{one} = {other}" for one, other in combinations(spec["paths"], 2)]
    return " or ".join([*(f"count({path}) > 1" for path in spec["paths"]), *pairs]) or "false()"


def _foreign(spec: Spec) -> str:
    starts = spec.get("prefix", spec.get("start", ()))
    starts = [starts] if isinstance(starts, str) else starts
    sign = spec.get("separator", "")
    if "ORG-ID-PREFIX" in starts or len(spec["paths"]) != 1 or "'" in sign:
        return "true()"
    path = spec["paths"][0]
    good = " or ".join(f"({start} and starts-with({path}, concat({start}, '{sign}')))" for start in starts)
    return f"count({path}) > 1 or ({path} and not({good or 'false()'}))"


def _signs(spec: Spec) -> str:
    """For a pattern that only forbids signs."""
    forbidden = _FORBIDDEN.fullmatch(spec["regex"])
    if forbidden is None or "'" in forbidden.group(1):
        return "true()"
    signs = re.sub(r"\\(.)", r"\1", forbidden.group(1))
    return " or ".join(
        f"count({path}) > 1 or translate({path}, '{signs}', '') != string({path})" for path in spec["paths"]
    )


_SCREENS: dict[str, Callable[[Spec], str]] = {
    "atleastone": lambda spec: f"not({_union(spec)})",
    "nomorethanone": _several,
    "oneorall": _one_or_all,
    "ifthen": lambda spec: f"({spec['if']}) and not({spec['then']})",
    "range": _range,
    "nospaces": _spaces,
    "noneof": lambda spec: f"boolean({_union(spec)})",
    "regexmatches": _signs,
    "unique": _alike,
    "startswith": _foreign,
    "evaluatestotrue": lambda spec: f"not({spec['eval']})",
}
_DAYS: dict[str, Callable[[Spec, date], str]] = {
    "dateorder": _order,
    "datenow": lambda spec, today: f"{_day(spec['date'], today)} > {_day('NOW', today)}",
    "betweendates": _between,
    "timelimit": _longer,
}
