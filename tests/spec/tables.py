"""Examples as tables: what is given, what results. The same text is tested and printed in docs/methods/examples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Row = dict[str, str]


@dataclass(frozen=True)
class Example:
    """`given` and `result` are Markdown tables; `method` makes the rows of the one into those of the other."""

    title: str
    given: str
    method: Callable[[list[Row]], list[Row]]
    result: str

    def computed(self) -> list[Row]:
        return self.method(rows(self.given))

    def written(self) -> str:
        return f"**{self.title}**\n\n{tidy(self.given)}\n\ngives\n\n{tidy(self.result)}\n"


@dataclass(frozen=True)
class Method:
    """The examples of a page of docs/methods. `code` is the page's name."""

    code: str
    examples: Sequence[Example]

    def written(self) -> str:
        return "\n".join(example.written() for example in self.examples)


def rows(table: str) -> list[Row]:
    """The rows of a Markdown table, each by the names of its columns."""
    lines = [_cells(line) for line in table.strip().splitlines()]
    head, _rule, *body = lines
    return [dict(zip(head, line, strict=True)) for line in body]


def tidy(table: str) -> str:
    lines = [_cells(line) for line in table.strip().splitlines()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def listed(text: str) -> list[str]:
    """`A, B` as a list; an empty cell as none."""
    return [word.strip() for word in text.split(",") if word.strip()]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
