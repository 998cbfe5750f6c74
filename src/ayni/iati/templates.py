"""Elements as text: for each dataclass of the model a function, put together once from its plan.

What keeps nothing beside its fields is written by that function; what does, by the longer way that looks for it at each place.
"""

import re
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from ayni.iati.elements import LANGUAGE
from ayni.iati.escape import escaped, plain
from ayni.iati.plans import Plan, plan_of
from ayni.iati.shape import Kind, Other, Shape, Texts

Make = Callable[[Any, str], str]
"""From a value and the language of its record to text."""

_NAMESPACED = re.compile(r"@(?:\{(.*)\})?([^=]*)=(.*)", re.DOTALL)


@cache
def element_of(name: str, model: type) -> Make:
    """What writes a value of ``model`` as the element ``name``."""
    plan = plan_of(model)
    attributes = [(slot.field, f' {_qualified(slot.shape.name)}="') for slot in plan.attributes.values()]
    inner = [(slot.field, _maker(slot.shape), _empty(slot.shape, plan)) for slot in plan.inner]
    held = attrgetter(*(field for field, _prefix in attributes), *(field for field, *_rest in inner), "others")
    prefixes = [prefix for _field, prefix in attributes]
    makers = [(make, empty) for _field, make, empty in inner]
    start, end, count = f"<{name}", f"</{name}>", len(attributes)

    def make(value: Any, language: str) -> str:
        told = held(value)
        if told[-1]:
            pieces: list[str] = []
            _Writer(pieces, language).element(name, value, plan)
            return "".join(pieces)
        text = start
        for prefix, said in zip(prefixes, told, strict=False):
            if said is not None and said != "":
                text += f'{prefix}{plain(said)}"'
        text += ">"
        for (maker, empty), said in zip(makers, told[count:], strict=False):
            if said or (said is not None and said != "" and said != ()):
                text += maker(said, language)
            elif empty:
                text += empty
        return text + end

    return make


def _qualified(name: str) -> str:
    return "xml:lang" if name == LANGUAGE else name


def _empty(shape: Shape, plan: Plan) -> str:
    return f"<{shape.name}></{shape.name}>" if shape.name and shape.name == plan.identifier else ""


def _maker(shape: Shape) -> Make:
    name, kind = shape.name, shape.kind
    start, end = f"<{name}>", f"</{name}>"
    coded = {Kind.CODE: "code", Kind.CODES: "code", Kind.DATE: "iso-date"}.get(kind)
    if coded:
        start, end = f'<{name} {coded}="', f'"></{name}>'
    if kind is Kind.ONE or kind is Kind.MANY:
        assert shape.model is not None
        each = element_of(name, shape.model)
        return each if kind is Kind.ONE else lambda said, language: "".join([each(one, language) for one in said])
    if kind is Kind.NARRATIVES:
        return _narratives
    if kind is Kind.TEXTS:
        return lambda said, language: start + _narratives(said, language) + end
    if kind is Kind.CONTENT:
        return lambda said, language: plain(said)
    if kind in (Kind.CODES, Kind.LEAVES):
        return lambda said, language: "".join([start + plain(one) + end for one in said])
    return lambda said, language: start + plain(said) + end


def _narratives(said: Texts, own: str) -> str:
    text = ""
    for language, told in said:
        if language and language != own:
            text += f'<narrative xml:lang="{escaped(language)}">{escaped(told)}</narrative>'
        else:
            text += f"<narrative>{escaped(told)}</narrative>"
    return text


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
                put(f' {"xml:lang" if slot.shape.name == LANGUAGE else slot.shape.name}="{plain(said)}"')
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
            make = element_of(name, shape.model)
            self.pieces.extend(make(each, self.language) for each in (said if kind is Kind.MANY else (said,)))
        elif kind is Kind.NARRATIVES:
            self.narratives(said, "", rest)
        elif kind is Kind.TEXTS:
            self.pieces.append(f"<{name}{rest.attributes(name)}>")
            self.narratives(said, name + "/", rest)
            self.pieces.append(f"{rest.inner(name)}</{name}>")
        elif kind is Kind.CONTENT:
            self.pieces.append(plain(said))
        else:
            self.simple(kind, name, said, rest)

    def simple(self, kind: Kind, name: str, said: Any, rest: "_Rest") -> None:
        """A code, a day or a text; several of them."""
        several = kind in (Kind.CODES, Kind.LEAVES)
        attribute = {Kind.CODE: "code", Kind.CODES: "code", Kind.DATE: "iso-date"}.get(kind)
        for number, each in enumerate(said if several else (said,), 1):
            at = f"{name}[{number}]" if several else name
            if attribute is None:
                self.pieces.append(f"<{name}{rest.attributes(at)}>{plain(each)}{rest.inner(at)}</{name}>")
            else:
                self.pieces.append(
                    f'<{name} {attribute}="{plain(each)}"{rest.attributes(at)}>{rest.inner(at)}</{name}>'
                )

    def narratives(self, said: Texts, before: str, rest: "_Rest") -> None:
        """Each narrative, with its language where it is not the record's."""
        for number, (language, text) in enumerate(said, 1):
            at = f"{before}narrative[{number}]"
            marked = f' xml:lang="{escaped(language)}"' if language and language != self.language else ""
            self.pieces.append(f"<narrative{marked}{rest.attributes(at)}>{escaped(text)}{rest.inner(at)}</narrative>")


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
            escaped(xml.removeprefix("#text=")) if xml.startswith("#text=") else xml
            for xml in self.at.get(at, ())
            if not xml.startswith("@")
        )


def _attribute(found: re.Match[str], number: int) -> str:
    space, name, value = found.groups()
    if not space:
        return f' {name}="{escaped(value)}"'
    if LANGUAGE.startswith("{" + space + "}"):
        return f' xml:{name}="{escaped(value)}"'
    return f' xmlns:n{number}="{escaped(space)}" n{number}:{name}="{escaped(value)}"'
