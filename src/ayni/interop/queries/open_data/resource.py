"""A resource of open data: what it is called, the shape of its rows, what can be asked, and where the rows come from."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, QuerySet
from django.utils.functional import Promise
from pydantic import BaseModel

from ayni.interop.formats.open_data.words import Row

# Everything here is read as a reader without an account reads it.
ANYBODY = AnonymousUser()
A_TIME = 500
Key = list[Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the key of the last of them where more follow."""

    rows: list[Row]
    last: Key | None


class Source(Protocol):
    """Where rows come from. A key says where in the one order of all rows a page ended; it stays good when rows are added."""

    def page(self, asked: dict[str, Any], after: Key | None, limit: int, names: Sequence[str] | None = None) -> Page:
        """At most `limit` rows behind `after`, at least with the fields `names` (None: with all). Raises Gone."""
        ...

    def every(self) -> Iterator[Row]: ...

    def one(self, **where: Any) -> Row | None: ...

    def count(self, asked: dict[str, Any]) -> int: ...


class Gone(Exception):
    """Where a page ended is known no longer: the list was made anew since, or the key is of another kind."""


@dataclass(frozen=True, slots=True)
class FromTable:
    """Rows of a table in the order of their numbers: a page costs the same wherever it lies, and nothing is counted.

    `rows(**asked)` gives the public ones that answer what was asked, with all that `told` reads.
    """

    rows: Callable[..., QuerySet[Any]]
    told: Callable[[Any], Row]

    def page(self, asked: dict[str, Any], after: Key | None, limit: int, names: Sequence[str] | None = None) -> Page:
        found = self.rows(**asked).order_by("pk")
        if after is not None:
            found = found.filter(pk__gt=last_of(found, after))
        there = list(found[: limit + 1])
        last = [there[limit - 1].pk] if len(there) > limit else None
        return Page([self.told(one) for one in there[:limit]], last)

    def every(self) -> Iterator[Row]:
        for one in self.rows().order_by("pk").iterator(chunk_size=A_TIME):
            yield self.told(one)

    def one(self, **where: Any) -> Row | None:
        found = self.rows().filter(**where).first()
        return None if found is None else self.told(found)

    def count(self, asked: dict[str, Any]) -> int:
        return self.rows(**asked).count()


@dataclass(frozen=True, slots=True)
class Computed:
    """Rows that are computed, each told apart by the fields `key` (texts and numbers)."""

    rows: Callable[..., Sequence[Row]]
    key: tuple[str, ...]

    def page(self, asked: dict[str, Any], after: Key | None, limit: int, names: Sequence[str] | None = None) -> Page:
        found = sorted(self.rows(**asked), key=self._key)
        try:
            begin = 0 if after is None else bisect_right(found, after, key=self._key)
        except TypeError:
            raise Gone from None
        there = found[begin : begin + limit]
        return Page(there, self._key(there[-1]) if there and len(found) > begin + limit else None)

    def every(self) -> Iterator[Row]:
        yield from sorted(self.rows(), key=self._key)

    def one(self, **where: Any) -> Row | None:
        return next((row for row in self.rows() if where.items() <= row.items()), None)

    def count(self, asked: dict[str, Any]) -> int:
        return len(self.rows(**asked))

    def _key(self, row: Row) -> Key:
        return [row[name] for name in self.key]


@dataclass(frozen=True, slots=True)
class Resource:
    """`address`: the field of a row, and the column, by which one row has an address of its own; "" where none has.

    `lasting`: only public changes of the record change its rows, so that the version of the data tells whether they are new.
    `stamp`: where it is not, what tells whether a count still holds; None where a count costs what a page costs.
    `of_others`: what others published, under the licence that each of them gives it.
    """

    name: str
    title: Promise
    about: Promise
    shape: type[BaseModel]
    question: type[BaseModel]
    source: Source
    address: tuple[str, str] | None = None
    lasting: bool = True
    stamp: Callable[[], Hashable] | None = None
    of_others: bool = False


def last_of(rows: QuerySet[Any], key: Key) -> int | str:
    """The number (or the code) of a row. Raises Gone for a key of another kind: an earlier version of the site may have made it."""
    coded = isinstance(rows.model._meta.pk, CharField)
    match key:
        case [str(code)] if coded:
            return code
        case [int(number)] if not coded and 0 <= number < 2**63:
            return number
    raise Gone


def codes(rows: Any) -> list[str]:
    """The codes of a prefetched set of terms, in order."""
    return sorted(one.code for one in rows.all())
