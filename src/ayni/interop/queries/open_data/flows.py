"""The rows of the snapshot of all flows, which the atlas keeps (`settings.FLOW_ROWS`), as open data."""

from collections.abc import Hashable, Iterator, Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data import reported as shapes
from ayni.interop.formats.open_data.words import Row
from ayni.interop.queries.open_data.resource import Gone, Key, Page, Resource


class FromSnapshot:
    """A key is the checksum of a snapshot and the number of a row in it: a reader goes on in the snapshot where they began."""

    def page(self, asked: dict[str, Any], after: Key | None, limit: int, names: Sequence[str] | None = None) -> Page:
        try:
            return Page(*_kept().page(asked, after, limit))
        except LookupError:
            raise Gone from None

    def every(self) -> Iterator[Row]:
        yield from _kept().every()

    def one(self, **where: Any) -> Row | None:
        return None

    def count(self, asked: dict[str, Any]) -> int:
        return int(_kept().count(asked))


def in_force() -> Hashable:
    """The checksum of the snapshot; "" while there is none."""
    found: str = _kept().in_force()
    return found


def _kept() -> Any:
    return import_module(settings.FLOW_ROWS)


RESOURCES = (
    Resource(
        "flows",
        _("Flows"),
        _("How much went from whom to whom: the network's records, CRS, DAC2a, TOSSD and IATI, each on its own basis."),
        shapes.Flow,
        questions.OfFlows,
        FromSnapshot(),
        lasting=False,
        stamp=in_force,
        of_others=True,
    ),
)
