"""What a list is as a spreadsheet: its columns, what names a row, and how a row's standing values are marked in the file.

Every value is a text in one agreed form (a day is 2026-03-31, several codes are joined by "; "), so that what goes out, what
comes back and what stands are compared as texts.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES, folded, text_in
from ayni.common.sheets.rules import Rule, did_you_mean, text

Cells = Mapping[str, str]
Key = tuple[str, ...]
SEPARATOR = "; "
REVISION = "revision"
CODE = "_code"
READ = " as read"
CODED = re.compile(r"\[([^\[\]]+)\]$")


class Use(Enum):
    """What a column of a file can do."""

    WRITE = "write"  # changed by a file
    BEGIN = "begin"  # told when a row begins, never changed afterwards
    READ = "read"  # only shown


class Kind(Enum):
    """How a spreadsheet program shows the cells."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True)
class Choices:
    """Codes with what they are called: a text, or {language: text}. `offered` are those that can be chosen anew.

    A cell may hold the code or the name in any language.
    """

    names: Mapping[str, Any]
    offered: Collection[str] | None = None

    @cached_property
    def labels(self) -> dict[str, str]:
        """{code: what it is called in the page's language}; with its code where two are called the same."""
        plain = {code: _name(text_in(name)) or code for code, name in self.names.items()}
        times: dict[str, int] = {}
        for label in plain.values():
            times[folded(label)] = times.get(folded(label), 0) + 1
        return {code: label if times[folded(label)] == 1 else f"{label} [{code}]" for code, label in plain.items()}

    @cached_property
    def known(self) -> dict[str, set[str]]:
        """{folded code or name in any language: the codes that bear it}."""
        found: dict[str, set[str]] = {}
        for code, name in self.names.items():
            texts = name.values() if isinstance(name, Mapping) else [name]
            for one in {*(_name(str(named)) for named in texts), self.labels[code]}:
                found.setdefault(folded(one), set()).add(code)
        return found | {folded(code): {code} for code in self.names}

    def shown(self) -> list[tuple[str, str]]:
        """The codes that can be chosen anew, with their names."""
        codes = self.names if self.offered is None else self.offered
        return [(code, self.labels[code]) for code in codes]

    def code_of(self, given: str) -> tuple[str, str]:
        """The code that a code or a name stands for, and what is wrong with it."""
        ending = CODED.search(given)
        found = self.known.get(folded(given)) or self.known.get(folded(ending.group(1)) if ending else "", set())
        if len(found) == 1:
            return next(iter(found)), ""
        if found:
            return given, _("“%(text)s” is the name of several: write one of the codes %(codes)s.") % {
                "text": given[:60],
                "codes": ", ".join(sorted(found)),
            }
        told = _("“%(text)s” is not in the list of the sheet “Codes”.") % {"text": given[:60]}
        return given, f"{told} {did_you_mean(folded(given), self.known)}".strip()


@dataclass(frozen=True)
class Column:
    """A column: its code (letters and underscores), its heading, what a cell may hold."""

    name: str
    heading: str | Promise
    rule: Rule = field(default_factory=lambda: text(4_000))
    use: Use = Use.WRITE
    kind: Kind = Kind.TEXT
    choices: Choices | None = None
    several: bool = False
    required: bool = False
    width: int = 20

    def parsed(self, given: str) -> tuple[str, str]:
        """The value that a cell holds, and what is wrong with it."""
        if self.choices is None:
            return self.rule(given)
        parts = [part.strip() for part in (given.split(SEPARATOR.strip()) if self.several else [given])]
        codes = []
        for part in (part for part in parts if part):
            code, reason = self.choices.code_of(part)
            if reason:
                return given, reason
            codes.append(code)
        return self.joined(codes), ""

    def joined(self, codes: Collection[str]) -> str:
        """The value of these codes: each once, in order."""
        return SEPARATOR.join(sorted(set(codes)))

    def readable(self, value: str) -> str:
        """The value as people read it."""
        if self.choices is None or not value:
            return value
        return SEPARATOR.join(self.choices.labels.get(code, code) for code in value.split(SEPARATOR))


@dataclass(frozen=True)
class Sheet:
    """A list. `key` names a row; `numbered`: the site gives the columns of the key that are only
    shown, a row without them is new.

    `what` is the columns by which people know a row; `identity` those in which no two rows may be the same.
    """

    name: str
    title: str | Promise
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    what: tuple[str, ...]
    numbered: bool = False
    identity: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their codes."""
        return {column.name: column for column in self.columns}

    @property
    def writable(self) -> list[Column]:
        """The columns that a file changes."""
        return [column for column in self.columns if column.use is Use.WRITE]

    def key_of(self, cells: Cells) -> Key:
        """What names the row."""
        return tuple(cells.get(name, "") for name in self.key)

    def begins(self, key: Key) -> bool:
        """Whether the site has still to give the row its key: it is a new one."""
        given = [value for name, value in zip(self.key, key, strict=True) if self.by_name[name].use is Use.READ]
        return not any(key) or (self.numbered and not all(given))

    def named(self, cells: Cells) -> str:
        """What people call the row."""
        told = [self.by_name[name].readable(cells.get(name, "")) for name in self.what]
        first = next((one for one in told if one), "?")
        return " · ".join(dict.fromkeys(part for part in (first[:120], *self.key_of(cells)) if part))


@dataclass(frozen=True)
class Standing:
    """A row as it stands: `row` is whatever the list's own `save` needs of it."""

    cells: Cells
    revision: int
    row: Any = None


@dataclass(frozen=True)
class Change:
    """A row of a file that goes in: `changed` are the columns with their new values; `standing` is None for a new row."""

    cells: Cells
    changed: Cells
    standing: Standing | None

    def texts(self, stem: str, before: Mapping[str, str] | None = None) -> dict[str, str]:
        """`{language: text}` from the columns `<stem>_es`, …: what stands, with what was changed."""
        found = dict(before or {})
        for code in LANGUAGES:
            if f"{stem}_{code}" in self.changed:
                found[code] = self.changed[f"{stem}_{code}"]
        return {code: text for code, text in found.items() if text}


@dataclass(frozen=True)
class Source:
    """How a list comes from the tables and goes back: what the pages and the difference ask of it.

    `sheet(user)` with the lists of codes; `standing(user, keys)` the rows that `user` sees among these keys, held for the
    transaction; `twin(user, cells)` the key of the row that a new one repeats, or ""; `save(by=, change=)` an action. `places`: its
    rows stand below one another.
    """

    sheet: Callable[[Any], Sheet]
    standing: Callable[[Any, Collection[Key]], Mapping[Key, Standing]]
    twin: Callable[[Any, Cells], str]
    save: Callable[..., None]
    places: bool = False


def digest(key: Key, column: str, value: str) -> str:
    """A short mark of a value in its row: what tells whether it has changed since the file was made."""
    return hashlib.sha256("\x1f".join([*key, column, value]).encode()).hexdigest()[:8]


def marks(sheet: Sheet, cells: Cells) -> list[str]:
    """The marks of everything that a row's cells show."""
    key = sheet.key_of(cells)
    found = []
    for column in sheet.columns:
        value = cells.get(column.name, "")
        found.append(digest(key, column.name, value))
        if column.choices is not None:
            found.append(digest(key, column.name + READ, column.readable(value)))
    return found


def _name(label: str) -> str:
    """A name that can stand among several."""
    return " ".join(label.replace(";", ",").split())
