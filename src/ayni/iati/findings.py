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
    from 1. ``line``: counted from 1, true beyond 65,535. ``template`` and ``advice`` are English sentences with ``%(name)s``
    places for ``parameters``, so that a caller can say them in another language. ``weak``: worth a look, but not against the
    standard, so that the file stays valid.
    """

    severity: Severity
    identifier: str
    path: str
    line: int
    template: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    advice: str = ""
    rule: str = ""
    weak: bool = False

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template % self.parameters

    @property
    def remedy(self) -> str:
        """The advice in English."""
        return self.advice % self.parameters


_NUMBERED = re.compile(r"^(/[^/\[]+/[^/\[]+)\[(\d+)\]")


def moved(finding: Finding, lines: int, records: int) -> Finding:
    """A batch's finding as the file's: ``lines`` before it added, and ``records`` to the number of the record in its path."""
    path = finding.path
    if records:
        path = _NUMBERED.sub(lambda found: f"{found.group(1)}[{int(found.group(2)) + records}]", path)
    return replace(finding, line=finding.line + lines, path=path)
