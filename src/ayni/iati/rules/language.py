"""A ruleset is JSON: context, rule, cases (https://github.com/IATI/IATI-Rulesets, SPEC). Here it becomes cases ready to judge."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

Ruleset = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One case, itself only. ``rule``: the rule's name in one word ("atleastone"); ``context``: XPath of the elements it concerns.

    ``loop``: the paths whose values stand for ``$1`` in ``spec``, () outside a loop.
    """

    context: str
    rule: str
    spec: Mapping[str, Any]
    loop: tuple[str, ...] = ()
    info: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a judgement depends on beside the file: the day, and the sets of identifiers that rules may name."""

    today: date
    ids: dict[str, frozenset[str]] = field(default_factory=dict)


def starts_of(spec: Mapping[str, Any]) -> list[str]:
    """The paths of what a value must start with."""
    starts = spec.get("prefix", spec.get("start", ()))
    return [starts] if isinstance(starts, str) else list(starts)


def agency_of(identifier: str) -> str:
    """What an identifier of an organisation begins with: the code of a registration agency, such as XI-IATI."""
    return "-".join(identifier.split("-")[:2])


def load(path: Path) -> Ruleset:
    """A ruleset from its file. Raises ValueError when it is none."""
    ruleset = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(ruleset, dict):
        raise ValueError("A ruleset is a JSON object.")
    return ruleset


def cases_of(ruleset: Ruleset) -> tuple[Case, ...]:
    """Every case of a ruleset, loops unrolled. Raises ValueError for a rule the language does not have."""
    found = [each for context, rules in ruleset.items() for each in _cases(context, rules)]
    unknown = {each.rule for each in found} - RULES
    if unknown:
        raise ValueError(f"Unknown rules: {', '.join(sorted(unknown))}")
    return tuple(found)


def _cases(context: str, rules: Mapping[str, Any]) -> Iterator[Case]:
    for rule, block in rules.items():
        word = rule.replace("_", "").lower()
        for spec in block.get("cases", ()):
            if word == "loop":
                yield from _loop(context, spec)
            else:
                yield Case(context, word, spec, info=spec.get("ruleInfo", {}))


def _loop(context: str, spec: Mapping[str, Any]) -> Iterator[Case]:
    over = spec["foreach"]
    paths = (over,) if isinstance(over, str) else tuple(over)
    for case in _cases(context, spec["do"]):
        filled = {key: _filled(value) if key in spec.get("subs", ()) else value for key, value in case.spec.items()}
        yield Case(context, case.rule, filled, paths, case.info)


def _filled(value: Any) -> Any:
    """``$1`` becomes an XPath variable, so that no value of the file is ever read as XPath."""
    if isinstance(value, str):
        return value.replace("'$1'", "$each").replace('"$1"', "$each").replace("$1", "$each")
    return [_filled(each) for each in value] if isinstance(value, list) else value


RULES = frozenset(
    "nomorethanone atleastone onlyoneof oneorall dependent sum strictsum dateorder datenow timelimit betweendates "
    "regexmatches regexnomatches startswith unique ifthen nospaces range evaluatestotrue noneof".split()
)
