"""Files with columns of their own, understood by a profile: `data/programmes/*-profile.json`, explained in docs/howto/programmes.md.

A rule of a profile is a value {"column": …} (what stands there), {"first": [columns]} (the first that holds something),
{"text": …} (always that), {"texts": [rules]} (several, a line each), {"words": [rules]} (several codes), or
{"by": column, "values": {…}, "else": …}; `where` limits it to rows whose column has one of the values; `before` stands before it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pycountry
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.country_names import folded, match
from ayni.common.reference import document
from ayni.common.workbooks.workbook import Sheet

FOLDER = "programmes"
LONGEST_CODE = 56
Values = Mapping[str, str]


@dataclass(frozen=True)
class MappedRow:
    """A row of one of our sheets, made of a row of the file."""

    table: str
    number: int
    values: Values
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """How the columns of a file become ours."""

    code: str
    title: Mapping[str, str]
    note: Mapping[str, str]
    source: str
    sheet: str
    recognised_by: tuple[str, ...]
    country: str
    name: str
    told: Mapping[str, Any] = field(hash=False)

    @cached_property
    def english(self) -> frozenset[str]:
        """Words by which a name is known to be English in a country that speaks otherwise."""
        return frozenset(self.told["english_words"])

    def rows(self, sheet: Sheet) -> tuple[list[MappedRow], list[str]]:
        """The rows of our sheets, and what was left out."""
        made = _Making(self)
        titles = {number: cell.text for number, cell in sheet.rows[0].cells.items()}
        for row in sheet.rows[1:]:
            values = {title: row.text(number) for number, title in titles.items()}
            formulas = tuple(
                titles[number] for number, cell in row.cells.items() if cell.is_formula and number in titles
            )
            made.take(row.number, values, formulas)
        return made.rows, made.notes()

    def language(self, iso3: str, name: str) -> str:
        """The language of a name: English by its words, else the country's own."""
        own = self.told["name_languages"].get(iso3, self.told["name_languages"]["else"])
        return "en" if self.english & set(folded(name).split()) else str(own)


def profile_for(sheet: Sheet) -> Profile | None:
    """The profile whose columns the sheet has, if any."""
    titles = {cell.text for cell in sheet.rows[0].cells.values()} if sheet.rows else set()
    return next((profile for profile in profiles() if titles.issuperset(profile.recognised_by)), None)


def note_on(source: str) -> Mapping[str, str]:
    """What a reader has to know of a programme that a profile brought; nothing of others."""
    return next((profile.note for profile in profiles() if source.startswith(profile.source)), {})


@cache
def profiles() -> tuple[Profile, ...]:
    """Those that ship with Ayni."""
    files = sorted(Path(settings.REFERENCE_DATA, FOLDER).glob("*-profile.json"))
    return tuple(_profile(document(f"{FOLDER}/{file.name}")) for file in files)


def _profile(told: Mapping[str, Any]) -> Profile:
    plain = {key: told[key] for key in ("code", "title", "note", "source", "sheet", "country", "name")}
    return Profile(recognised_by=tuple(told["recognised_by"]), told=told, **plain)


class _Making:
    """The rows that a profile makes, one after the other."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.rows: list[MappedRow] = []
        self.codes: set[str] = set()
        self.left_out = 0

    def take(self, number: int, values: Values, formulas: tuple[str, ...]) -> None:
        """A row of the file: a programme with its versions, components and documents."""
        name = " ".join(values.get(self.profile.name, "").split())
        iso3 = match(values.get(self.profile.country, "")).iso3
        code = self._code(iso3, name)
        told = {**values, "": iso3}
        language = self.profile.language(iso3, name)
        reasons = tuple(
            _("The cell of “%(column)s” holds a formula. Write its result as text.") % {"column": column}
            for column in formulas
        )
        cells = {"code": code, "country": iso3 or values.get(self.profile.country, ""), f"name_{language}": name}
        cells |= _cells(self.profile.told["programme"], told)
        self.rows.append(MappedRow("programmes", number, cells, reasons))
        self._parts("versions", number, code, told)
        self._parts("components", number, code, told)
        self._documents(number, code, values)

    def _parts(self, table: str, number: int, code: str, told: Values) -> None:
        for part in self.profile.told[table]:
            if _applies(part, told):
                cells = {"programme": code} | _cells(part["cells"], told)
                self.rows.append(MappedRow(table, number, cells))

    def _documents(self, number: int, code: str, values: Values) -> None:
        rule = self.profile.told["documents"]
        addresses = [(place, values.get(column, "")) for place, column in enumerate(rule["columns"], 1)]
        seen: set[str] = set()
        for place, address in addresses:
            if not address or address in seen:
                continue
            seen.add(address)
            if len(address) > rule["longest"]:
                self.left_out += 1
                continue
            title = {f"title_{language}": f"{text} {place}" for language, text in rule["title"].items()}
            self.rows.append(MappedRow("documents", number, {"programme": code, "url": address, **title}))

    def notes(self) -> list[str]:
        """What was left out on the way."""
        if not self.left_out:
            return []
        longest = self.profile.told["documents"]["longest"]
        message = ngettext(
            "%(number)d address was left out: it has more than %(longest)d characters.",
            "%(number)d addresses were left out: they have more than %(longest)d characters.",
            self.left_out,
        )
        return [message % {"number": self.left_out, "longest": longest}]

    def _code(self, iso3: str, name: str) -> str:
        """The country's two letters and the name in capitals; the same file always gives the same codes."""
        country = pycountry.countries.get(alpha_3=iso3) if iso3 else None
        letters = re.sub(r"[^A-Z0-9]+", "-", folded(name).upper().encode("ascii", "ignore").decode()).strip("-")
        if len(letters) > LONGEST_CODE - 3:
            letters = letters[: LONGEST_CODE - 3].rpartition("-")[0]
        stem = f"{country.alpha_2 if country else 'XX'}-{letters}"
        code = next(code for code in _numbered(stem) if code not in self.codes)
        self.codes.add(code)
        return code


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _cells(rules: Mapping[str, Any], told: Values) -> dict[str, str]:
    return {name: text for name, rule in rules.items() if (text := _text(rule, told))}


def _applies(rule: Mapping[str, Any], told: Values) -> bool:
    """`where` names columns with the values that they may have; "*" is anything at all."""
    where: Mapping[str, Any] = rule.get("where", {})
    return all(bool(told.get(name)) if wanted == "*" else told.get(name) in wanted for name, wanted in where.items())


def _text(rule: Mapping[str, Any], told: Values) -> str:
    if not _applies(rule, told):
        return ""
    text = next(make(rule, told) for kind, make in MAKERS.items() if kind in rule)
    return f"{rule.get('before', '')}{text}" if text else ""


def _by(rule: Mapping[str, Any], told: Values) -> str:
    return str(rule["values"].get(told.get(rule["by"], ""), rule.get("else", "")))


def _several(rules: list[Mapping[str, Any]], told: Values, between: str) -> str:
    return between.join(dict.fromkeys(text for rule in rules if (text := _text(rule, told))))


MAKERS = {
    "column": lambda rule, told: told.get(rule["column"], ""),
    "first": lambda rule, told: next((told[name] for name in rule["first"] if told.get(name)), ""),
    "by": _by,
    "texts": lambda rule, told: _several(rule["texts"], told, "\n"),
    "words": lambda rule, told: _several(rule["words"], told, " "),
    "text": lambda rule, told: rule["text"],
}
