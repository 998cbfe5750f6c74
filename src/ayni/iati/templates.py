"""Elements as text, many of a kind at once: for each dataclass of the model a function, put together once from its plan.

A field is written for all values together, as a column, and the columns are joined: that costs a third of writing value by value.
What keeps something beside its fields has it added at its place; a field that is touched by that is written anew (``kept.py``).
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any

from ayni.iati.escape import escaped, plain
from ayni.iati.kept import CODED, Rest, field_beside, qualified
from ayni.iati.plans import Plan, Slot, exact, plan_of
from ayni.iati.shape import Kind, Shape, Texts

Column = Sequence[Any]
"""What a field holds in each of several values."""

Make = Callable[[Column, Sequence[str]], list[str]]
"""From values and the language of the record of each to texts; an empty text for what holds nothing."""

_REMEMBERED, _LONG = 1 << 12, 200
"""Texts that a field remembers, and letters from which it remembers none: memory does not grow with the file."""
_APART = (Kind.ATTRIBUTE, Kind.CONTENT, Kind.ONE, Kind.MANY)
"""Fields in which nothing is kept by their parent."""


@cache
def elements_of(name: str, model: type) -> Make:
    """What writes values of ``model`` as elements of that name."""
    plan = plan_of(model)
    attributes = [_column(slot, plan) for slot in plan.attributes.values()]
    inner = [_column(slot, plan) for slot in plan.inner]
    start, end = f"<{name}", f"</{name}>"

    def make(values: Column, languages: Sequence[str]) -> list[str]:
        rests = {place: Rest(value.others) for place, value in enumerate(values) if value.others}
        columns = [[start] * len(values)]
        for column in attributes:
            columns += column(values, languages, rests)
        columns += _beside(rests, len(values), Rest.attributes)
        columns.append([">"] * len(values))
        for column in inner:
            columns += column(values, languages, rests)
        columns += _beside(rests, len(values), Rest.inner)
        columns.append([end] * len(values))
        return list(map("".join, zip(*columns, strict=True)))

    return make


def _beside(rests: dict[int, Rest], count: int, told: Callable[[Rest, str], str]) -> list[list[str]]:
    """What values keep beside their fields, directly in their elements: a column, or none where nobody keeps anything."""
    return [[told(rests[place], "") if place in rests else "" for place in range(count)]] if rests else []


def _column(slot: Slot, plan: Plan) -> Callable[[Column, Sequence[str], dict[int, Rest]], list[list[str]]]:
    """What writes one field of values: a column, or none where nobody says anything in it."""
    shape, held, default = slot.shape, attrgetter(slot.field), plan.defaults[slot.place]
    make = _maker(slot)
    empty = f"<{shape.name}></{shape.name}>" if shape.name and shape.name == plan.identifier else ""
    touched = shape.kind not in _APART

    def column(values: Column, languages: Sequence[str], rests: dict[int, Rest]) -> list[list[str]]:
        told = list(map(held, values))
        silent = not any(told) and told.count(default) == len(told)
        if silent and not empty and not rests:
            return []
        texts = [""] * len(told) if silent else make(told, languages)
        if empty:
            texts = [text or empty for text in texts]
        if touched:
            for place, rest in rests.items():
                if rest.touches(shape.name):
                    texts[place] = field_beside(shape, told[place], rest, languages[place])
        return [texts]

    return column


def _maker(slot: Slot) -> Make:
    shape, kind = slot.shape, slot.shape.kind
    if kind is Kind.ONE or kind is Kind.MANY:
        return _ones(shape) if kind is Kind.ONE else _several(shape)
    if kind is Kind.NARRATIVES or kind is Kind.TEXTS:
        return _worded("", "") if kind is Kind.NARRATIVES else _worded(f"<{shape.name}>", f"</{shape.name}>")
    before, after = _around(shape)
    if exact(slot):
        return lambda told, _languages: ["" if one is None else f"{before}{one:f}{after}" for one in told]
    if kind is Kind.CODES or kind is Kind.LEAVES:
        every = _Remembered(before, after, silent=False).__getitem__
        return lambda told, _languages: ["".join(map(every, said)) for said in told]
    each = _Remembered(before, after, silent=True).__getitem__
    return lambda told, _languages: list(map(each, told))


def _around(shape: Shape) -> tuple[str, str]:
    """What stands before and after a value."""
    name, coded = shape.name, CODED.get(shape.kind)
    if shape.kind is Kind.ATTRIBUTE:
        return f' {qualified(name)}="', '"'
    if shape.kind is Kind.CONTENT:
        return "", ""
    return (f'<{name} {coded}="', f'"></{name}>') if coded else (f"<{name}>", f"</{name}>")


class _Remembered(dict[Any, str]):
    """Values with what stands around them. The last are remembered: codes, days and references come again and again.

    ``silent``: nothing is written of a value that says nothing. Several threads may ask: whatever is forgotten is made anew.
    """

    def __init__(self, before: str, after: str, *, silent: bool) -> None:
        super().__init__()
        self._before, self._after, self._silent = before, after, silent

    def __missing__(self, value: Any) -> str:
        if self._silent and (value is None or value == ""):
            text = ""
        else:
            text = f"{self._before}{plain(value)}{self._after}"
        if len(text) < _LONG:
            if len(self) > _REMEMBERED:
                self.clear()
            self[value] = text
        return text


def _worded(before: str, after: str) -> Make:
    def make(told: Column, languages: Sequence[str]) -> list[str]:
        return [
            f"{before}{_narratives(said, own)}{after}" if said else ""
            for said, own in zip(told, languages, strict=True)
        ]

    return make


def _narratives(said: Texts, own: str) -> str:
    if len(said) == 1 and said[0][0] == own:
        return f"<narrative>{escaped(said[0][1])}</narrative>"
    return "".join(
        [
            f'<narrative xml:lang="{escaped(language)}">{escaped(told)}</narrative>'
            if language and language != own
            else f"<narrative>{escaped(told)}</narrative>"
            for language, told in said
        ]
    )


def _ones(shape: Shape) -> Make:
    assert shape.model is not None
    elements = elements_of(shape.name, shape.model)

    def make(told: Column, languages: Sequence[str]) -> list[str]:
        places = [place for place, one in enumerate(told) if one is not None]
        if len(places) == len(told):
            return elements(told, languages)
        texts = [""] * len(told)
        written = elements([told[place] for place in places], [languages[place] for place in places])
        for place, text in zip(places, written, strict=True):
            texts[place] = text
        return texts

    return make


def _several(shape: Shape) -> Make:
    assert shape.model is not None
    elements = elements_of(shape.name, shape.model)

    def make(told: Column, languages: Sequence[str]) -> list[str]:
        counts = list(map(len, told))
        own = chain.from_iterable(map(repeat, languages, counts))
        written = iter(elements(list(chain.from_iterable(told)), list(own)))
        return list(map("".join, map(islice, repeat(written), counts)))

    return make
