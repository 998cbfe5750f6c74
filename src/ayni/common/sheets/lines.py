"""What a CSV file would make of what stands, line by line: the rows of `components/diff_table.html`."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with a line of a file."""

    number: int
    code: str
    reason: str


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class FileLine:
    """What becomes of a row: new, changed, unchanged, removed (that is, retired), in conflict or refused."""

    number: int | str
    state: str
    what: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""


def counts(lines: Iterable[FileLine]) -> dict[str, int]:
    """How many lines are in each state; a row with several faults is refused once."""
    listed = list(lines)
    found = {state: sum(line.state == state for line in listed) for state in ("new", "changed", "unchanged", "removed")}
    return found | {"refused": len({line.number for line in listed if line.state == "refused"})}
