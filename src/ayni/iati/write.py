"""Writes records as one file of version 2.03."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, BinaryIO

from ayni.iati.elements import LANGUAGE
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.plans import Plan, plan_of
from ayni.iati.shape import Kind, Other, Shape, Texts

VERSION = "2.03"
_FLUSHED = 1 << 20
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile('[&<>"\t\n\r]|[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_NAMESPACED = re.compile(r"@(?:\{(.*)\})?([^=]*)=(.*)", re.DOTALL)


def write(
    records: Iterable[Activity] | Iterable[Organisation], out: BinaryIO, *, generated: datetime | None = None
) -> int:
    """Writes activities (or organisations; not both in one file) into ``out`` and returns how many.

    A character that XML cannot hold is left out. Raises TypeError for records of two kinds.
    """
    moment = (generated or datetime.now(UTC)).isoformat(timespec="seconds")
    pieces: list[str] = []
    kind: type | None = None
    count, weight = 0, 0
    for record in records:
        count += 1
        if kind is None:
            kind = type(record)
            pieces.append(_opening(kind, moment))
        elif type(record) is not kind:
            raise TypeError("A file of the standard holds either activities or organisations.")
        piece = text_of(record)
        pieces.append(piece)
        weight += len(piece)
        if weight > _FLUSHED:
            out.write("".join(pieces).encode())
            pieces, weight = [], 0
    if kind is None:
        pieces.append(_opening(Activity, moment))
    pieces.append("</iati-organisations>\n" if kind is Organisation else "</iati-activities>\n")
    out.write("".join(pieces).encode())
    return count


def _opening(kind: type, moment: str) -> str:
    name = "iati-organisations" if kind is Organisation else "iati-activities"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} version="{VERSION}" generated-datetime="{moment}">\n'


def text_of(record: Activity | Organisation) -> str:
    """One record as the text of its element."""
    name = "iati-organisation" if isinstance(record, Organisation) else "iati-activity"
    pieces: list[str] = []
    _Writer(pieces, record.language).element(
        name, record, plan_of(Organisation if isinstance(record, Organisation) else Activity)
    )
    return "".join(pieces) + "\n"


def _escaped(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    text = _UNFIT.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _escaped(value)
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


class _Writer:
    """Appends to ``pieces``; ``language`` is the record's default, which narratives need not repeat."""

    __slots__ = ("language", "pieces")

    def __init__(self, pieces: list[str], language: str) -> None:
        self.pieces, self.language = pieces, language

    def element(self, name: str, value: Any, plan: Plan) -> None:
        """One value with its element."""
        put = self.pieces.append
        rest = _Rest(value.others)
        put(f"<{name}")
        for slot in plan.attributes.values():
            said = getattr(value, slot.field)
            if said != "" and said is not None:
                put(f' {"xml:lang" if slot.shape.name == LANGUAGE else slot.shape.name}="{_plain(said)}"')
        put(rest.attributes(""))
        put(">")
        for slot in plan.inner:
            said = getattr(value, slot.field)
            if said is not None and said != "" and said != ():
                self.field(slot.shape, said, rest)
            elif slot.shape.name and (slot.shape.name in rest.at or slot.shape.name == plan.identifier):
                self.bare(slot.shape.name, rest)
        put(rest.inner(""))
        put(f"</{name}>")

    def bare(self, name: str, rest: "_Rest") -> None:
        """A child whose value its field could not hold."""
        self.pieces.append(f"<{name}{rest.attributes(name)}>{rest.inner(name)}</{name}>")

    def field(self, shape: Shape, said: Any, rest: "_Rest") -> None:
        """One field as child elements."""
        kind, name = shape.kind, shape.name
        if kind is Kind.ONE or kind is Kind.MANY:
            assert shape.model is not None
            plan = plan_of(shape.model)
            for each in said if kind is Kind.MANY else (said,):
                self.element(name, each, plan)
        elif kind is Kind.NARRATIVES:
            self.narratives(said, "", rest)
        elif kind is Kind.TEXTS:
            self.pieces.append(f"<{name}{rest.attributes(name)}>")
            self.narratives(said, name + "/", rest)
            self.pieces.append(f"{rest.inner(name)}</{name}>")
        elif kind is Kind.CONTENT:
            self.pieces.append(_plain(said))
        else:
            self.simple(kind, name, said, rest)

    def simple(self, kind: Kind, name: str, said: Any, rest: "_Rest") -> None:
        """A code, a day or a text; several of them."""
        several = kind in (Kind.CODES, Kind.LEAVES)
        attribute = {Kind.CODE: "code", Kind.CODES: "code", Kind.DATE: "iso-date"}.get(kind)
        for number, each in enumerate(said if several else (said,), 1):
            at = f"{name}[{number}]" if several else name
            if attribute is None:
                self.pieces.append(f"<{name}{rest.attributes(at)}>{_plain(each)}{rest.inner(at)}</{name}>")
            else:
                self.pieces.append(
                    f'<{name} {attribute}="{_plain(each)}"{rest.attributes(at)}>{rest.inner(at)}</{name}>'
                )

    def narratives(self, said: Texts, before: str, rest: "_Rest") -> None:
        """Each narrative, with its language where it is not the record's."""
        for number, (language, text) in enumerate(said, 1):
            at = f"{before}narrative[{number}]"
            marked = f' xml:lang="{_escaped(language)}"' if language and language != self.language else ""
            self.pieces.append(f"<narrative{marked}{rest.attributes(at)}>{_escaped(text)}{rest.inner(at)}</narrative>")


class _Rest:
    """What a value kept beside its fields, by the child it stood in."""

    __slots__ = ("at",)

    def __init__(self, others: tuple[Other, ...]) -> None:
        self.at: dict[str, list[str]] = {}
        for each in others:
            self.at.setdefault(each.at, []).append(each.xml)

    def attributes(self, at: str) -> str:
        """The attributes, ready to stand in the tag."""
        found = [_NAMESPACED.fullmatch(xml) for xml in self.at.get(at, ()) if xml.startswith("@")]
        return "".join(_attribute(each, number) for number, each in enumerate(found, 1) if each)

    def inner(self, at: str) -> str:
        """The elements and the text."""
        return "".join(
            _escaped(xml.removeprefix("#text=")) if xml.startswith("#text=") else xml
            for xml in self.at.get(at, ())
            if not xml.startswith("@")
        )


def _attribute(found: re.Match[str], number: int) -> str:
    space, name, value = found.groups()
    if not space:
        return f' {name}="{_escaped(value)}"'
    if LANGUAGE.startswith("{" + space + "}"):
        return f' xml:{name}="{_escaped(value)}"'
    return f' xmlns:n{number}="{_escaped(space)}" n{number}:{name}="{_escaped(value)}"'
