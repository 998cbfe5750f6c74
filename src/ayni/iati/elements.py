"""An element becomes a value of the model; whatever has no field goes to ``others`` as it was."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from ayni.iati.plans import Plan, Slot, plan_of
from ayni.iati.shape import Kind, Other

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _Reader:
    """Reads one element into the values of its fields."""

    __slots__ = ("element", "language", "others", "seen", "values")

    def __init__(self, element: etree._Element, plan: Plan, language: str) -> None:
        self.element, self.language = element, language
        self.values: list[Any] = list(plan.defaults)
        self.others: list[Other] = []
        self.seen: dict[int, list[Any]] = {}

    def read(self, plan: Plan) -> Any:
        for name, value in self.element.items():
            self._attribute(plan, name, value)
        if plan.content is not None:
            self._put(plan.content, self.element.text or "", "", "#text")
        for child in self.element:
            self._child(plan, child)
        for place, several in self.seen.items():
            self.values[place] = tuple(several)
        self.values[plan.others] = tuple(
            sorted(self.others, key=plan.standing) if len(self.others) > 1 else self.others
        )
        return plan.model(*self.values)

    def _put(self, slot: Slot, text: str, at: str, kept: str) -> None:
        if slot.convert is None:
            self.values[slot.place] = text
            if not text and kept != "#text":
                self.others.append(Other(at, f"{kept}="))
            return
        try:
            self.values[slot.place] = slot.convert(text)
        except (ValueError, KeyError):
            if text.strip():
                self.others.append(Other(at, f"{kept}={text}"))

    def _attribute(self, plan: Plan, name: str, value: str) -> None:
        slot = plan.attributes.get(name)
        if slot is None:
            self.others.append(Other("", f"@{name}={value}"))
        else:
            self._put(slot, value, "", f"@{name}")

    def _child(self, plan: Plan, child: etree._Element) -> None:
        tag = child.tag
        if tag == "narrative" and plan.narratives is not None:
            self._narrative(self.seen.setdefault(plan.narratives.place, []), child, "")
            return
        slot = plan.children.get(tag)
        if slot is None:
            self._keep("", child)
            return
        _HANDLERS[slot.shape.kind](self, slot, child)

    def _narrative(self, into: list[Any], narrative: etree._Element, at: str) -> None:
        into.append((narrative.get(LANGUAGE) or self.language, narrative.text or ""))
        if len(narrative.attrib) > (LANGUAGE in narrative.attrib) or len(narrative):
            self._rest(f"{at}/narrative[{len(into)}]".lstrip("/"), narrative, LANGUAGE, None)

    def _keep(self, at: str, element: etree._Element) -> None:
        self.others.append(Other(at, canonical(element)))

    def _rest(self, at: str, element: etree._Element, attribute: str, child: str | None) -> None:
        """What an element without a model of its own says beyond its one attribute and its narratives."""
        for name, value in element.items():
            if name != attribute:
                self.others.append(Other(at, f"@{name}={value}"))
        for each in element:
            if each.tag != child:
                self._keep(at, each)

    def texts(self, slot: Slot, child: etree._Element) -> None:
        """A child with narratives."""
        if slot.place in self.seen:
            self._keep("", child)
            return
        into = self.seen[slot.place] = []
        at = slot.shape.name
        for each in child:
            if each.tag == "narrative":
                self._narrative(into, each, at)
        self._rest(at, child, "", "narrative")
        if not into and not any(each.at == at for each in self.others):
            del self.seen[slot.place]

    def single(self, slot: Slot, child: etree._Element, attribute: str | None) -> None:
        """A child whose attribute, or text when that is None, is the value."""
        at = slot.shape.name
        if self.values[slot.place] not in ("", None):
            self._keep("", child)
            return
        text = (child.text or "").strip() if attribute is None else child.get(attribute)
        if text is not None:
            self._put(slot, text, at, "#text" if attribute is None else f"@{attribute}")
        self._rest(at, child, attribute or "", None)

    def repeated(self, slot: Slot, child: etree._Element, attribute: str | None) -> None:
        """One of several children whose attribute, or text when that is None, is the value."""
        into = self.seen.setdefault(slot.place, [])
        into.append((child.text or "").strip() if attribute is None else child.get(attribute, ""))
        self._rest(f"{slot.shape.name}[{len(into)}]", child, attribute or "", None)

    def one(self, slot: Slot, child: etree._Element) -> None:
        """A child with a model."""
        if self.values[slot.place] is not None:
            self._keep("", child)
        else:
            self.values[slot.place] = _value(child, slot, self.language)

    def many(self, slot: Slot, child: etree._Element) -> None:
        """One of several children with a model."""
        self.seen.setdefault(slot.place, []).append(_value(child, slot, self.language))


_HANDLERS: dict[Kind, Callable[[_Reader, Slot, etree._Element], None]] = {
    Kind.TEXTS: _Reader.texts,
    Kind.CODE: lambda reader, slot, child: reader.single(slot, child, "code"),
    Kind.CODES: lambda reader, slot, child: reader.repeated(slot, child, "code"),
    Kind.DATE: lambda reader, slot, child: reader.single(slot, child, "iso-date"),
    Kind.LEAF: lambda reader, slot, child: reader.single(slot, child, None),
    Kind.LEAVES: lambda reader, slot, child: reader.repeated(slot, child, None),
    Kind.ONE: _Reader.one,
    Kind.MANY: _Reader.many,
}


def _value(element: etree._Element, slot: Slot, language: str) -> Any:
    assert slot.shape.model is not None
    plan = plan_of(slot.shape.model)
    return _Reader(element, plan, language).read(plan)


def canonical(element: etree._Element) -> str:
    """An element as canonical XML, with the namespaces it uses."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()


def record_of(element: etree._Element, model: type, version: str) -> Any:
    """The Activity or Organisation of an element. ``version`` is the file's."""
    plan = plan_of(model)
    record = _Reader(element, plan, element.get(LANGUAGE, "")).read(plan)
    object.__setattr__(record, "version", version)
    return record
