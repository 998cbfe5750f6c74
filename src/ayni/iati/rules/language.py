"""A ruleset is JSON: context, rule, cases (https://github.com/IATI/IATI-Rulesets, SPEC). Here it becomes cases ready to judge."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

Ruleset = Mapping[str, Any]
_NODES = ("paths", "excluded", "one", "date", "less", "more", "end")
_TRUTHS = ("condition", "if", "then", "eval")
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")


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


def either(expression: str) -> bool:
    """Whether an expression may hold an ``or`` outside its predicates."""
    return re.search(r"\bor\b", bare(expression)) is not None


def bare(expression: str) -> str:
    """An expression without its texts and its predicates."""
    return re.sub(r"\[[^\[\]]*\]", "", _QUOTED.sub("''", expression))


def load(path: Path) -> Ruleset:
    """A ruleset from its file. Raises ValueError when it is none."""
    ruleset = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(ruleset, dict):
        raise ValueError("A ruleset is a JSON object.")
    return ruleset


def cases_of(ruleset: Ruleset) -> tuple[Case, ...]:
    """Every case of a ruleset, loops unrolled. Raises ValueError for a rule the language does not have, or a path it cannot judge by."""
    found = [each for context, rules in ruleset.items() for each in _cases(context, rules)]
    unknown = {each.rule for each in found} - RULES
    if unknown:
        raise ValueError(f"Unknown rules: {', '.join(sorted(unknown))}")
    for each in found:
        _check(each)
    return tuple(found)


def _check(case: Case) -> None:
    """Raises ValueError that names the rule and the path."""
    nodes = [case.context, *case.loop, *starts_of(case.spec)]
    for key in _NODES:
        said = case.spec.get(key, ())
        nodes += [said] if isinstance(said, str) else said
    wrong = [(path, why) for path in nodes if (why := _why_not(path, case.loop, nodes=True))]
    truths = [case.spec[key] for key in _TRUTHS if key in case.spec]
    wrong += [(path, why) for path in truths if (why := _why_not(path, case.loop, nodes=False))]
    if "@" in bare(case.context) or re.search(r"\btext\(", bare(case.context)):
        wrong.append((case.context, "a context is of elements"))
    if wrong:
        path, why = wrong[0]
        number = case.info.get("id", "")
        raise ValueError(f"Rule {' '.join((case.rule, str(number))).strip()} of {case.context}, path {path}: {why}")


def _why_not(path: str, loop: Sequence[str], *, nodes: bool) -> str:
    """Why a path cannot be judged by; "" where it can. What an XPath gives is of one type whatever the document."""
    bound = _QUOTED.sub("''", path).replace("$each", "") if loop else _QUOTED.sub("''", path)
    if "$" in bound:
        return "nothing stands for its variable"
    try:
        found = etree.XPath(path, regexp=False)(etree.Element("none"), each="")
    except etree.XPathError as error:
        return f"no XPath ({error})"
    return "it gives no elements or attributes" if nodes and not isinstance(found, list) else ""


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
