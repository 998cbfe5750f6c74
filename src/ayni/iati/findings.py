"""What reading and judging say of a file, each thing with its place and what to do about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """Which of the four judges speaks: the reader, the schema, the code lists or the rulesets."""

    READ = "read"
    SCHEMA = "schema"
    CODELIST = "codelist"
    RULESET = "ruleset"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    ``identifier``: of the activity or organisation, "" when it concerns the file. ``path``: as in XPath, with positions counted
    from 1. ``line``: counted from 1, true beyond 65,535. ``key`` names what is said and ``parameters`` are its values: the sentence
    in a reader's language is made where readers are. ``rule``: the number or name of what was broken. ``weak``: worth a look, but
    not against the standard, so that the file stays valid.
    """

    severity: Severity
    identifier: str
    path: str
    line: int
    key: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    rule: str = ""
    weak: bool = False


_NUMBERED = re.compile(r"^(/[^/\[]+/[^/\[]+)\[(\d+)\]")


def moved(finding: Finding, lines: int, records: int) -> Finding:
    """A batch's finding as the file's: ``lines`` before it added, and ``records`` to the number of the record in its path."""
    path = finding.path
    if records:
        path = _NUMBERED.sub(lambda found: f"{found.group(1)}[{int(found.group(2)) + records}]", path)
    return replace(finding, line=finding.line + lines, path=path)
