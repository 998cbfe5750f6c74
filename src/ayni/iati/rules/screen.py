"""Which elements a case may concern at all, as a condition in XPath: sheet.py asks all of them in one pass, and the
engine looks only at those.

A screen may let good elements through, never keep a bad one back; tests hold it against the engine without screens.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from ayni.iati.rules.language import Case, either, starts_of

MISSING_OF = {
    "lang": "descendant::narrative[not(@xml:lang)]",
    "sector": "transaction[not(sector)]",
    "recipient-country|recipient-region": "transaction[not(recipient-country|recipient-region)]",
    "currency": "descendant::*[self::value or self::forecast or self::loan-status][not(@currency)]",
}
"""What ``all`` of one_or_all stands for: the elements that lack it."""

Spec = Mapping[str, Any]
_EACH = re.compile(r"\[@[\w:-]+\s*=\s*\$each\]")
_SPACES = "".join(sign for sign in map(chr, range(0x80, 0x10000)) if sign.isspace())
"""Blanks beyond those of XML."""

_NOT_PLAIN = "translate(., '0123456789.', '') != ''"
"""What has a sign or an exponent: libxml2 takes 100e for a number, and -1e-400 for nothing."""

_DIGITS = 15
"""Signs up to which libxml2 does not round."""

_FORBIDDEN = re.compile(r"\^\[\^((?:\\[^\w]|[^\]\\\w-])+)\]\+\$")
_MORE = re.compile(r"count\(([^()|]*)\)( > \d+)(?= and |$)")
_LOOSE = re.compile(r"[\w./@:-]*(?:\[@[\w:-]+(?:\s*!?=\s*(?:'[^']*'|\d+))?\][\w./@:-]*)*")
"""A path that leads at least as far when a predicate is taken from it."""


@lru_cache(4096)
def screen(case: Case, today: date, plain_days: bool) -> str:
    """What must be true of an element for the case to be asked about it. ``plain_days``: all its days are like 2026-11-30."""
    wanted = [case.spec["condition"]] if "condition" in case.spec else []
    make = _SCREENS.get(case.rule)
    if case.loop:
        wanted = [" or ".join(f"boolean({path})" for path in case.loop), *_of_any_value(case)]
    elif make is not None:
        wanted.append(make(case.spec))
    elif plain_days and case.rule in _DAYS:
        wanted.append(_DAYS[case.rule](case.spec, today))
    return " and ".join(f"({each})" for each in wanted) or "true()"


def _of_any_value(case: Case) -> Iterator[str]:
    """What a loop's case needs whatever the value: what its condition counts, and something that breaks it."""
    for expression in (case.spec.get("condition", ""), case.spec.get("if", "")):
        counted = _MORE.match(expression)
        if counted and not either(expression) and (path := _of_any(counted.group(1))):
            yield f"count({path}){counted.group(2)}"
    if case.rule in ("nomorethanone", "noneof"):
        paths = [_of_any(path) for path in case.spec["paths"]]
        if all(paths):
            yield _SCREENS[case.rule]({"paths": paths})


def _of_any(path: str) -> str:
    """The path for any value of the loop; "" where that cannot be told."""
    loose = _EACH.sub("", path)
    return loose if _LOOSE.fullmatch(loose) else ""


def _union(spec: Spec) -> str:
    return "|".join(spec["paths"]) or "self::node()[false()]"


def _day(path: str, today: date) -> str:
    """A day as the number yyyymmdd; not a number where there is none."""
    if path in ("NOW", "TODAY"):
        return str(today.year * 10_000 + today.month * 100 + today.day)
    return f"number(translate({path}, '-', ''))"


def _order(spec: Spec, today: date) -> str:
    return f"{_day(spec['less'], today)} > {_day(spec['more'], today)}"


def _between(spec: Spec, today: date) -> str:
    day = _day(spec["date"], today)
    return f"{day} < {_day(spec['start'], today)} or {day} > {_day(spec['end'], today)}"


def _longer(spec: Spec, today: date) -> str:
    return f"{_day(spec['end'], today)} > {_day(spec['start'], today)} + 10000"


def _range(spec: Spec) -> str:
    tests = ["not(number(.) = number(.))", f"{_NOT_PLAIN} or string-length(.) > {_DIGITS}"]
    if "min" in spec:
        tests.append(f"number(.) < {spec['min']}")
    if "max" in spec:
        tests.append(f"number(.) > {spec['max']}")
    return " or ".join(f"boolean({path}[{' or '.join(tests)}])" for path in spec["paths"]) or "false()"


def _spaces(spec: Spec) -> str:
    ends = f"normalize-space(translate(., '{_SPACES}', '{' ' * len(_SPACES)}')) != ."
    return " or ".join(f"boolean({path}[{ends}])" for path in spec["paths"]) or "false()"


def _one_or_all(spec: Spec) -> str:
    return f"not({spec['one']}) and {MISSING_OF.get(spec['all'], 'false()')}"


def _sum(spec: Spec) -> str:
    """Not where plain numbers from 0 on add up exactly: with others, rounding could hide what is missing."""
    added = " + ".join(f"sum({path})" for path in spec["paths"]) or "0"
    return " or ".join((f"{added} != {spec['sum']}", *(f"{path}[{_NOT_PLAIN}]" for path in spec["paths"])))


def _several(spec: Spec) -> str:
    return " + ".join(f"count({path})" for path in spec["paths"]) + " > 1" if spec["paths"] else "false()"


def _alike(spec: Spec) -> str:
    pairs = [f"{one} = {other}" for one, other in combinations(spec["paths"], 2)]
    return " or ".join([*(f"count({path}) > 1" for path in spec["paths"]), *pairs]) or "false()"


def _foreign(spec: Spec) -> str:
    starts = starts_of(spec)
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
    "strictsum": _sum,
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
