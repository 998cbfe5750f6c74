"""Which elements a case may concern at all, as one XPath that libxml2 runs over a whole batch: the engine looks only at those.

A screen may let good elements through, never keep a bad one back; tests hold it against the engine without screens.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ayni.iati.rules.language import Case

MISSING_OF = {
    "lang": "descendant::narrative[not(@xml:lang)]",
    "sector": "transaction[not(sector)]",
    "recipient-country|recipient-region": "transaction[not(recipient-country|recipient-region)]",
    "currency": "descendant::*[self::value or self::forecast or self::loan-status][not(@currency)]",
}
"""What ``all`` of one_or_all stands for: the elements that lack it."""


def screen(case: Case, today: date) -> str:
    """An XPath of the elements of a document that the case must be asked about."""
    wanted = [f"({case.spec['condition']})"] if "condition" in case.spec else []
    make = _SCREENS.get(case.rule)
    if case.loop:
        wanted = [" or ".join(f"({path})" for path in case.loop)]
    elif make is not None:
        wanted.append(f"({make(case.spec, today)})")
    return f"({case.context})" + "".join(f"[{each}]" for each in wanted)


def _union(spec: Mapping[str, Any]) -> str:
    return "|".join(spec["paths"]) or "self::node()[false()]"


def _day(path: str, today: date) -> str:
    """A day as the number yyyymmdd; not a number where there is none."""
    if path in ("NOW", "TODAY"):
        return str(today.year * 10_000 + today.month * 100 + today.day)
    return f"number(translate(substring({path}, 1, 10), '-', ''))"


def _order(spec: Mapping[str, Any], today: date) -> str:
    return f"{_day(spec['less'], today)} > {_day(spec['more'], today)}"


def _between(spec: Mapping[str, Any], today: date) -> str:
    day = _day(spec["date"], today)
    return f"{day} < {_day(spec['start'], today)} or {day} > {_day(spec['end'], today)}"


def _range(spec: Mapping[str, Any], today: date) -> str:
    tests = ["not(number(.) = number(.))"]
    if "min" in spec:
        tests.append(f"number(.) < {spec['min']}")
    if "max" in spec:
        tests.append(f"number(.) > {spec['max']}")
    return " or ".join(f"({path})[{' or '.join(tests)}]" for path in spec["paths"]) or "false()"


def _spaces(spec: Mapping[str, Any], today: date) -> str:
    ends = "normalize-space(substring(., 1, 1)) = '' or normalize-space(substring(., string-length(.), 1)) = ''"
    return " or ".join(f"({path})[{ends}]" for path in spec["paths"]) or "false()"


def _one_or_all(spec: Mapping[str, Any], today: date) -> str:
    return f"not({spec['one']}) and {MISSING_OF.get(spec['all'], 'false()')}"


_SCREENS: dict[str, Callable[[Mapping[str, Any], date], str]] = {
    "atleastone": lambda spec, today: f"not({_union(spec)})",
    "nomorethanone": lambda spec, today: " or ".join(f"({path})" for path in spec["paths"]) or "false()",
    "oneorall": _one_or_all,
    "ifthen": lambda spec, today: f"({spec['if']}) and not({spec['then']})",
    "dateorder": _order,
    "datenow": lambda spec, today: f"{_day(spec['date'], today)} > {_day('NOW', today)}",
    "betweendates": _between,
    "range": _range,
    "nospaces": _spaces,
    "noneof": lambda spec, today: _union(spec),
    "evaluatestotrue": lambda spec, today: f"not({spec['eval']})",
}
