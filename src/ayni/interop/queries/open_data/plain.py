"""Rows of a large table told from plain values: the columns of the fields that are wanted, and a query for each set beside them.

An instance of a model for each row, and one for each of its terms, costs several times what the answer is worth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.resource import A_TIME, Key, Page, last_of

# Gives {number of a row: its values} for the numbers of some rows; one that is missing has none.
Beside = Callable[[Sequence[Any]], Mapping[Any, list[Any]]]
NUMBER = "pk"


@dataclass(frozen=True, slots=True)
class Told:
    """How a field is told: `tell` is given a row with these columns and with these sets that stand beside it."""

    tell: Callable[[Row], Any]
    columns: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def column(name: str) -> Told:
    """The value of a column, or of one that a relation leads to."""
    return Told(itemgetter(name), (name,))


def texts(name: str) -> Told:
    """A column of texts by language."""
    return Told(lambda row: Texts(row[name]), (name,))


def beside(name: str) -> Told:
    """A set beside the row, as it was gathered."""
    return Told(itemgetter(name), beside=(name,))


@dataclass(frozen=True, slots=True)
class FromColumns:
    """Rows of a table in the order of their numbers: a page costs the same wherever it lies, nothing is counted, and no field is read
    that nobody asked for.

    `rows(**asked)` gives the public ones that answer what was asked; `fields` says how each is told, `sets` what stands beside a row.
    """

    rows: Callable[..., QuerySet[Any]]
    fields: Mapping[str, Told]
    sets: Mapping[str, Beside] = field(default_factory=dict)

    def page(self, asked: dict[str, Any], after: Key | None, limit: int, names: Sequence[str] | None = None) -> Page:
        found = self.rows(**asked).order_by(NUMBER)
        if after is not None:
            found = found.filter(pk__gt=last_of(found, after))
        there = list(self._columns(found, names)[: limit + 1])
        last = [there[limit - 1][NUMBER]] if len(there) > limit else None
        return Page(self._told(there[:limit], names), last)

    def every(self) -> Iterator[Row]:
        rows = self._columns(self.rows().order_by(NUMBER), None).iterator(chunk_size=A_TIME)
        while some := list(islice(rows, A_TIME)):
            yield from self._told(some, None)

    def one(self, **where: Any) -> Row | None:
        there = list(self._columns(self.rows().filter(**where), None)[:1])
        return self._told(there, None)[0] if there else None

    def count(self, asked: dict[str, Any]) -> int:
        return self.rows(**asked).count()

    def _columns(self, rows: QuerySet[Any], names: Sequence[str] | None) -> Any:
        wanted = (name for one in names or self.fields for name in self.fields[one].columns)
        return rows.values(*dict.fromkeys((NUMBER, *wanted)))

    def _told(self, rows: list[Row], names: Sequence[str] | None) -> list[Row]:
        tell = {name: self.fields[name] for name in names or self.fields}
        for name in dict.fromkeys(name for one in tell.values() for name in one.beside):
            found = self.sets[name]([row[NUMBER] for row in rows])
            for row in rows:
                row[name] = found.get(row[NUMBER], [])
        return [{name: one.tell(row) for name, one in tell.items()} for row in rows]
