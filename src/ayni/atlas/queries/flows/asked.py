"""A question to the atlas of flows, as its address says it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.http import QueryDict

from ayni.analytics.scan import Cut, Question
from ayni.analytics.schema import GROUP, Basis
from ayni.analytics.whole import Whole
from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.held import Held

VALUE, COUNT = "value", "count"
OWN, VALIDATED = "registry", "validated"
# What stands once in a question, and the ways to cut, of each of which several values may be wanted.
SINGLE = ("source", "status", "unit", "measure", "since", "until")
FILTERS = ("provider", "recipient", "region", "sector", "topic", "modality")
LONGEST, MOST = 60, 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks; "" or () leaves a part open. `unit` is a currency and its prices ("USD 2022"); `measure` value or count.

    Of each way to cut, rows with any of its values are wanted: `provider` ("BRA", "CHL") is what either of the two gives.
    """

    source: str = ""
    status: str = ""
    unit: str = ""
    measure: str = ""
    provider: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, given: QueryDict, prefix: str = "") -> "Asked":
        """From the parts of an address; what is no part of a question is passed over, and what stands twice counts once."""
        parts: dict[str, Any] = {name: _text(given.get(f"{prefix}{name}")) for name in SINGLE}
        for name in FILTERS:
            parts[name] = tuple(sorted({_text(one) for one in given.getlist(f"{prefix}{name}")[:MOST]} - {""}))
        return cls(**parts)

    def said(self) -> dict[str, str | list[str]]:
        """The parts that are not open."""
        once = {name: getattr(self, name) for name in SINGLE if getattr(self, name)}
        return once | {name: list(getattr(self, name)) for name in FILTERS if getattr(self, name)}

    def address(self, prefix: str = "") -> str:
        """The question as the part of an address after its question mark; "" where all is open."""
        return urlencode({f"{prefix}{name}": value for name, value in self.said().items()}, doseq=True)

    def filters(self) -> dict[str, list[str]]:
        """The ways to cut, with the codes that are wanted. A region holds those that lie in it."""
        found = {name: list(getattr(self, name)) for name in FILTERS if getattr(self, name)}
        if self.region:
            found["region"] = list(dict.fromkeys(one for code in self.region for one in labels.within(code)))
        return found


def _text(given: Any) -> str:
    return str(given or "").strip()[:LONGEST]


@dataclass(frozen=True)
class Answer:
    """A question with what it rests on: one basis, one measure. `basis` None: nothing of that kind is known."""

    held: Held
    asked: Asked
    basis: Basis | None

    @property
    def measure(self) -> str:
        """Money where the basis tells any and nothing else was asked for; otherwise records."""
        told = self.basis is not None and bool(self.basis.currency)
        return VALUE if told and self.asked.measure != COUNT else COUNT

    @cached_property
    def cut(self) -> Cut | Whole:
        """The rows that the question chose; where it chose all of a basis, their sums without a row."""
        filters = self.asked.filters()
        since, until = _year(self.asked.since), _year(self.asked.until)
        if self.basis is None or not (filters or since or until):
            return whole(self.held, self.basis)
        if self.asked.sector:
            # Three figures are a group: all purposes that begin so.
            labelled = self.held.rows.labels["sector"]
            filters["sector"] = [code for code in labelled if not {code, code[:GROUP]}.isdisjoint(self.asked.sector)]
        return self.held.rows.cut(Question(self.basis, since, until, filters))

    @cached_property
    def pairs(self) -> dict[tuple[str, str], float]:
        """{(provider, recipient): sum} of all that flows, the greatest first; most figures begin with it."""
        plane = self.cut.plane("provider", "recipient", self.measure)
        rows, columns = plane.sums.nonzero()
        sums = plane.sums[rows, columns]
        order = np.argsort(-sums, kind="stable")
        return {
            (plane.rows[i], plane.columns[j]): value
            for i, j, value in zip(rows[order].tolist(), columns[order].tolist(), sums[order].tolist(), strict=True)
        }

    @cached_property
    def party(self) -> Callable[[str], str]:
        """The name of who gives or receives, by their code, in the language of the page."""
        return labels.namer(self.held.manifest.names)

    @property
    def key(self) -> tuple[str, str, Asked]:
        return self.held.manifest.checksum, self.held.manifest.made, self.asked


def answer(held: Held, asked: Asked) -> Answer:
    """The answer to a question. Of several bases that fit one is taken, for they are never added: the network's own validated records
    first, then the one with the most records."""
    return Answer(held, asked, _first(held, [basis for basis in held.bases if fits(basis, asked)]))


def beside(one: Answer) -> Answer:
    """What stands beside a question before another one is asked: the whole that it is a part of, or else the same of another basis."""
    if one.basis is None:
        return one
    if one.asked.filters() or one.asked.since or one.asked.until:
        return answer(one.held, with_basis(Asked(measure=one.asked.measure), one.basis))
    other = _first(one.held, [basis for basis in one.held.bases if basis != one.basis])
    return answer(one.held, with_basis(one.asked, other)) if other else one


def _first(held: Held, bases: list[Basis]) -> Basis | None:
    def order(basis: Basis) -> tuple[bool, bool, float]:
        own = basis.source == OWN
        return own, own and basis.status == VALIDATED, float(held.cubes[basis, COUNT].pairs.sums.sum())

    return max(bases, key=order, default=None)


def whole(held: Held, basis: Basis | None) -> Whole:
    """All that a basis tells; nothing of none."""
    return Whole(held.cubes, basis or Basis("", ""))


def fits(basis: Basis, asked: Asked) -> bool:
    return (
        asked.source in ("", basis.source) and asked.status in ("", basis.status) and asked.unit in ("", unit_of(basis))
    )


def unit_of(basis: Basis) -> str:
    """A basis's money, as an address says it."""
    return f"{basis.currency} {basis.price_base}".strip()


def with_basis(asked: Asked, basis: Basis) -> Asked:
    """The same question put to another basis."""
    return replace(asked, source=basis.source, status=basis.status, unit=unit_of(basis))


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None
