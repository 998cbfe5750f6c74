"""An element becomes a value of the model; whatever has no field goes to ``others`` as it was.

For each dataclass of the model a function is put together once from its plan. What is as nearly always (an attribute alone, a text
alone) is taken on a short way; what holds anything more, by the longer way that keeps it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from lxml import etree

from ayni.iati.plans import Plan, Slot, plan_of
from ayni.iati.shape import Kind, Other

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Make = Callable[[etree._Element, str], Any]
"""From an element and the language of its record to a value."""

Take = Callable[[list[Any], list[Other], etree._Element, str], None]
"""Puts a child into the values of its parent's fields, or into the parent's others."""


@cache
def _reader(model: type) -> Make:
    """What reads an element as a value of ``model``."""
    plan = plan_of(model)
    attributes = plan.attributes
    texts = {name: slot.place for name, slot in attributes.items() if slot.convert is None}
    children = _takers(plan)
    content, standing = plan.content, plan.standing
    several = [place for place, default in enumerate(plan.defaults) if default == () and place != plan.others]
    defaults, kept = list(plan.defaults), plan.others

    def make(element: etree._Element, language: str) -> Any:
        values = defaults.copy()
        others: list[Other] = []
        for name, text in element.items():
            if text and name in texts:
                values[texts[name]] = text
            else:
                _attribute(attributes.get(name), values, others, name, text)
        if content is not None:
            _put(content, values, others, element.text or "", "", "#text")
        for child in element[:]:
            take = children.get(child.tag)
            if take is None:
                others.append(Other("", canonical(child)))
            else:
                take(values, others, child, language)
        for place in several:
            values[place] = tuple(values[place])
        if others:
            values[kept] = tuple(sorted(others, key=standing))
        return model(*values)

    return make


def _takers(plan: Plan) -> dict[str, Take]:
    """What takes each child that has a field."""
    takers = {name: _TAKERS[slot.shape.kind](slot) for name, slot in plan.children.items()}
    return takers if plan.narratives is None else {**takers, "narrative": _narrative_taker(plan.narratives)}


def _attribute(slot: Slot | None, values: list[Any], others: list[Other], name: str, text: str) -> None:
    if slot is None:
        others.append(Other("", f"@{name}={text}"))
    else:
        _put(slot, values, others, text, "", f"@{name}")


def _put(slot: Slot, values: list[Any], others: list[Other], text: str, at: str, kept: str) -> None:
    """A text as the value of a field; as it was where the field cannot hold it."""
    if slot.convert is None:
        values[slot.place] = text
        if not text and kept != "#text":
            others.append(Other(at, f"{kept}="))
        return
    try:
        values[slot.place] = slot.convert(text)
    except (ValueError, KeyError):
        if text.strip():
            others.append(Other(at, f"{kept}={text}"))


def _rest(others: list[Other], at: str, element: etree._Element, attribute: str, child: str | None) -> None:
    """What an element without a model of its own says beyond its one attribute and its narratives."""
    for name, value in element.items():
        if name != attribute:
            others.append(Other(at, f"@{name}={value}"))
    for each in element:
        if each.tag != child:
            others.append(Other(at, canonical(each)))


def _narrative(into: list[Any], others: list[Other], narrative: etree._Element, language: str, at: str) -> None:
    told = narrative.items()
    if told and told[0][0] == LANGUAGE:
        language = told[0][1] or language
    if told and (len(told) > 1 or told[0][0] != LANGUAGE) or len(narrative):
        language = narrative.get(LANGUAGE) or language
        _rest(others, f"{at}narrative[{len(into) + 1}]", narrative, LANGUAGE, None)
    into.append((language, narrative.text or ""))


def _narrative_taker(slot: Slot) -> Take:
    """A narrative directly in the element."""
    place = slot.place

    def take(values: list[Any], others: list[Other], child: etree._Element, language: str) -> None:
        into = values[place] = values[place] or []
        _narrative(into, others, child, language, "")

    return take


def _texts(slot: Slot) -> Take:
    """A child with narratives."""
    place, at = slot.place, slot.shape.name
    before = f"{at}/"

    def take(values: list[Any], others: list[Other], child: etree._Element, language: str) -> None:
        if values[place] != ():
            others.append(Other("", canonical(child)))
            return
        into: list[Any] = []
        known, alone = len(others), True
        for each in child:
            if each.tag == "narrative":
                _narrative(into, others, each, language, before)
            else:
                alone = False
        if not alone or child.items():
            _rest(others, at, child, "", "narrative")
        if into or len(others) > known:
            values[place] = into

    return take


def _single(attribute: str | None) -> Callable[[Slot], Take]:
    """A child whose attribute, or text when that is None, is the value."""

    def taker(slot: Slot) -> Take:
        place, at, convert = slot.place, slot.shape.name, slot.convert
        default = "" if convert is None else None
        kept = "#text" if attribute is None else f"@{attribute}"

        def with_more(values: list[Any], others: list[Other], child: etree._Element) -> None:
            if values[place] != default or any(each.at == at for each in others):
                others.append(Other("", canonical(child)))
                return
            text = (child.text or "").strip() if attribute is None else child.get(attribute)
            if text is not None:
                _put(slot, values, others, text, at, kept)
            _rest(others, at, child, attribute or "", None)

        def take(values: list[Any], others: list[Other], child: etree._Element, language: str) -> None:
            told = child.items()
            first = values[place] == default and not others
            if len(told) == 1 and told[0][0] == attribute and first and not len(child):
                text = told[0][1]
                if convert is not None:
                    _put(slot, values, others, text, at, kept)
                    return
                if text:
                    values[place] = text
                    return
            with_more(values, others, child)

        return take

    return taker


def _repeated(attribute: str | None) -> Callable[[Slot], Take]:
    """One of several children whose attribute, or text when that is None, is the value."""

    def taker(slot: Slot) -> Take:
        place, at = slot.place, slot.shape.name

        def take(values: list[Any], others: list[Other], child: etree._Element, language: str) -> None:
            into = values[place] = values[place] or []
            into.append((child.text or "").strip() if attribute is None else child.get(attribute, ""))
            _rest(others, f"{at}[{len(into)}]", child, attribute or "", None)

        return take

    return taker


def _one(slot: Slot) -> Take:
    """A child with a model."""
    assert slot.shape.model is not None
    place, make = slot.place, _reader(slot.shape.model)

    def take(values: list[Any], others: list[Other], child: etree._Element, language: str) -> None:
        if values[place] is None:
            values[place] = make(child, language)
        else:
            others.append(Other("", canonical(child)))

    return take


def _many(slot: Slot) -> Take:
    """One of several children with a model."""
    assert slot.shape.model is not None
    place, make = slot.place, _reader(slot.shape.model)

    def take(values: list[Any], others: list[Other], child: etree._Element, language: str) -> None:
        if values[place]:
            values[place].append(make(child, language))
        else:
            values[place] = [make(child, language)]

    return take


_TAKERS: dict[Kind, Callable[[Slot], Take]] = {
    Kind.TEXTS: _texts,
    Kind.CODE: _single("code"),
    Kind.CODES: _repeated("code"),
    Kind.DATE: _single("iso-date"),
    Kind.LEAF: _single(None),
    Kind.LEAVES: _repeated(None),
    Kind.ONE: _one,
    Kind.MANY: _many,
}


def canonical(element: etree._Element) -> str:
    """An element as canonical XML, with the namespaces it uses."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()


def record_of(element: etree._Element, model: type, version: str) -> Any:
    """The Activity or Organisation of an element. ``version`` is the file's."""
    record = _reader(model)(element, element.get(LANGUAGE, ""))
    object.__setattr__(record, "version", version)
    return record
