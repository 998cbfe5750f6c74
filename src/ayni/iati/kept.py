"""What a value keeps beside its fields, as text at its place; and the fields that are touched by it."""

import re
from typing import Any

from ayni.iati.elements import LANGUAGE
from ayni.iati.escape import escaped, plain
from ayni.iati.shape import Kind, Other, Shape, Texts

_NAMESPACED = re.compile(r"@(?:\{([^}]*)\})?([^=]*)=(.*)", re.DOTALL)
_PLACE = re.compile(r"[\[/]")
CODED = {Kind.CODE: "code", Kind.CODES: "code", Kind.DATE: "iso-date"}
"""The attribute in which a child holds its value."""


def qualified(name: str) -> str:
    """An attribute's name as it stands in a file."""
    return "xml:lang" if name == LANGUAGE else name


class Rest:
    """What a value kept, by the child it stood in."""

    __slots__ = ("_at", "_names")

    def __init__(self, others: tuple[Other, ...]) -> None:
        self._at: dict[str, list[str]] = {}
        for each in others:
            self._at.setdefault(each.at, []).append(each.xml)
        self._names = {_PLACE.split(at, maxsplit=1)[0] for at in self._at if at}

    def touches(self, name: str) -> bool:
        """Whether something stands in children of that name."""
        return name in self._names

    def attributes(self, at: str) -> str:
        """The attributes, ready to stand in the tag."""
        found = [_NAMESPACED.fullmatch(xml) for xml in self._at.get(at, ()) if xml.startswith("@")]
        return "".join(_attribute(each, number) for number, each in enumerate(found, 1) if each)

    def inner(self, at: str) -> str:
        """The elements and the text."""
        return "".join(
            escaped(xml.removeprefix("#text=")) if xml.startswith("#text=") else xml
            for xml in self._at.get(at, ())
            if not xml.startswith("@")
        )


def _attribute(found: re.Match[str], number: int) -> str:
    space, name, value = found.groups()
    if not space:
        return f' {name}="{escaped(value)}"'
    if LANGUAGE.startswith("{" + space + "}"):
        return f' xml:{name}="{escaped(value)}"'
    return f' xmlns:n{number}="{escaped(space)}" n{number}:{name}="{escaped(value)}"'


def field_beside(shape: Shape, said: Any, rest: Rest, own: str) -> str:
    """A field as children without a model, with what stands in them beside its value. ``own``: the record's language."""
    kind, name = shape.kind, shape.name
    if said is None or said == "" or said == ():
        return f"<{name}{rest.attributes(name)}>{rest.inner(name)}</{name}>"
    if kind is Kind.NARRATIVES:
        return _narratives(said, "", rest, own)
    if kind is Kind.TEXTS:
        within = _narratives(said, f"{name}/", rest, own)
        return f"<{name}{rest.attributes(name)}>{within}{rest.inner(name)}</{name}>"
    if kind is Kind.CODES or kind is Kind.LEAVES:
        return "".join(_child(shape, each, rest, f"{name}[{number}]") for number, each in enumerate(said, 1))
    return _child(shape, said, rest, name)


def _child(shape: Shape, said: Any, rest: Rest, at: str) -> str:
    """A code, a day or a text."""
    name, attribute = shape.name, CODED.get(shape.kind)
    if attribute is None:
        return f"<{name}{rest.attributes(at)}>{plain(said)}{rest.inner(at)}</{name}>"
    return f'<{name} {attribute}="{plain(said)}"{rest.attributes(at)}>{rest.inner(at)}</{name}>'


def _narratives(said: Texts, before: str, rest: Rest, own: str) -> str:
    text = ""
    for number, (language, told) in enumerate(said, 1):
        at = f"{before}narrative[{number}]"
        marked = f' xml:lang="{escaped(language)}"' if language and language != own else ""
        text += f"<narrative{marked}{rest.attributes(at)}>{escaped(told)}{rest.inner(at)}</narrative>"
    return text
