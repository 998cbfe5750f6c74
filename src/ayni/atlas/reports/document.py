"""What a report is made of, whatever the format it is written in. Plain values: every text is in the reader's language."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how the reader's language writes it. `percent`: the value is a share between 0 and 1."""

    value: float
    text: str
    digits: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign in a cell that counts as one."""

    text: str


Cell = str | Number | Mark
Shape = Literal["area", "outline", "line", "broken"]
RowKind = Literal["body", "group", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class Column:
    """`weight` is the column's part of the width; 0: as wide as its content."""

    label: str
    kind: Literal["text", "number", "mark"] = "text"
    weight: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a group has one cell, which stands over the rows that follow it."""

    cells: tuple[Cell, ...]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True)
class Table:
    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str
    notes: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of a picture's legend: an area, an outlined area, a line or a broken line of a colour ("#0d5563")."""

    shape: Shape
    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, a sentence that says what it shows, and the same facts as a table."""

    code: str
    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    notes: tuple[str, ...] = ()
    legend: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what is said of it."""

    term: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    entries: tuple[Entry, ...]


Block = Paragraph | Entries | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that the writers themselves add."""

    contents: str
    source: str
    table: str
    figure: str
    notes: str
    cover: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """`section` is the code of the section that tells where it comes from."""

    value: Number
    label: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`data` are tables for spreadsheets alone. `mark` is the start of the checksum; `made` is the moment of the content
    (seconds since 1970), so that the same content gives the same file."""

    code: str
    lang: str
    title: str
    network: str
    period: str
    banner: str
    mark: str
    made: int
    facts: tuple[Entry, ...]
    key_numbers: tuple[KeyNumber, ...]
    sections: tuple[Section, ...]
    data: tuple[Table, ...]
    words: Words

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))

    def figures(self) -> tuple[Figure, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Figure))


def text_of(cell: Cell) -> str:
    """What a cell shows."""
    return cell if isinstance(cell, str) else cell.text
