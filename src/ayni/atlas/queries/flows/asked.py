"""A question to the atlas of flows, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from ayni.analytics.scan import Cut, Question
from ayni.analytics.schema import Basis
from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.held import Held

VALUE, COUNT = "value", "count"
OWN, VALIDATED = "registry", "validated"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks; "" leaves a part open. `unit` is a currency and its prices ("USD 2022"); `measure` value or count."""

    source: str = ""
    status: str = ""
    unit: str = ""
    measure: str = ""
    provider: str = ""
    recipient: str = ""
    region: str = ""
    sector: str = ""
    topic: str = ""
    modality: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any], prefix: str = "") -> "Asked":
        """From the parts of an address; what is no part of a question is passed over."""
        found = {name: str(given.get(f"{prefix}{name}") or "").strip() for name in PARTS}
        return cls(**{name: value[:60] for name, value in found.items()})

    def said(self) -> dict[str, str]:
        """The parts that are not open, for an address."""
        return {name: getattr(self, name) for name in PARTS if getattr(self, name)}

    def filters(self) -> dict[str, list[str]]:
        """The ways to cut, with the codes that are wanted. A region holds those that lie in it, a sector of three figures its purposes."""
        found = {name: [getattr(self, name)] for name in FILTERS if getattr(self, name)}
        if self.region:
            found["region"] = labels.within(self.region)
        if len(self.sector) == 3:
            found["sector_group"] = found.pop("sector")
        return found


PARTS = tuple(field.name for field in fields(Asked))
FILTERS = ("provider", "recipient", "region", "sector", "topic", "modality")


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
    def cut(self) -> Cut:
        """The rows that the question chose."""
        question = Question(
            self.basis or Basis("", ""), _year(self.asked.since), _year(self.asked.until), self.asked.filters()
        )
        return self.held.rows.cut(question)

    @property
    def key(self) -> tuple[str, Asked]:
        return self.held.manifest.checksum, self.asked


def answer(held: Held, asked: Asked) -> Answer:
    """The answer to a question. Of several bases that fit one is taken, for they are never added: the network's own validated records
    first, then the one with the most records."""
    fitting = [basis for basis in held.bases if fits(basis, asked)]

    def order(basis: Basis) -> tuple[bool, bool, float]:
        own = basis.source == OWN
        return own, own and basis.status == VALIDATED, float(held.cubes[basis, COUNT].pairs.sums.sum())

    return Answer(held, asked, max(fitting, key=order, default=None))


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
