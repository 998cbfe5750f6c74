"""The columns of the snapshot: one row says how much went from whom to whom, for what, when, and who says so.

A row belongs to exactly one *basis*: the source that says it, what it says (a commitment, a disbursement, a validated or a unilateral
record), the currency and the year of its prices. Rows of different bases are never added: the same money may stand in several.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Codes = npt.NDArray[Any]

TEXTS = ("provider", "recipient", "region", "sector", "topic", "modality", "source", "status", "currency", "price_base")
BASIS = ("source", "status", "currency", "price_base")
# Ways to cut the rows, beside the basis and the year.
DIMENSIONS = ("provider", "recipient", "region", "sector", "topic", "modality")
MEASURES = ("value", "count")
# The figures of a purpose code that name its group, and how many pairs the list of the greatest has.
GROUP, TOP = 3, 10
CURRENT, UNSTATED, NONE = "current", "unstated", ""

SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.dictionary(pa.int32(), pa.string()), nullable=False) for name in TEXTS),
        pa.field("year", pa.int16(), nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("count", pa.float64(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number rests on. `price_base` is "current", the year of constant prices ("2022"), "unstated", or "" where no money is told."""

    source: str
    status: str
    currency: str = NONE
    price_base: str = NONE


@dataclass(frozen=True, slots=True)
class Flow:
    """A row. Codes: ISO 3166 alpha-3 for a country, `org-…` for an organisation, `reg-…` for a region that no country of it is named in.

    `sector` is a purpose code of the OECD's list ("16010") or ""; `region` a code of UN M49 ("019"); `topic` one of the network's
    topics; `value` whole units of the currency (0 where no money is told); `count` how many records it stands for, a part of one where
    a record is split over several rows, so that sums never count a record twice.
    """

    provider: str
    recipient: str
    region: str
    sector: str
    topic: str
    modality: str
    source: str
    status: str
    currency: str
    price_base: str
    year: int
    value: float
    count: float

    @property
    def basis(self) -> Basis:
        return Basis(self.source, self.status, self.currency, self.price_base)


def table_of(rows: Iterable[Flow]) -> pa.Table:
    """Rows as an Arrow table of SCHEMA, texts dictionary-encoded."""
    columns = list(zip(*(astuple(row) for row in rows), strict=True)) or [()] * len(SCHEMA)
    arrays = [
        pa.array(column, field.type.value_type).dictionary_encode()
        if pa.types.is_dictionary(field.type)
        else pa.array(column, field.type)
        for column, field in zip(columns, SCHEMA, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def rows_of(table: pa.Table) -> list[Flow]:
    """The rows of a table of SCHEMA. For tests and small tables."""
    return [Flow(**row) for row in table.select([field.name for field in fields(Flow)]).to_pylist()]


def fitted(table: pa.Table) -> pa.Table:
    """The table with exactly the columns of SCHEMA. Raises ValueError where one is missing or holds nothing in some row."""
    missing = [name for name in SCHEMA.names if name not in table.column_names]
    if missing:
        raise ValueError(f"columns are missing: {', '.join(missing)}")
    table = table.select(SCHEMA.names)
    if any(column.null_count for column in table.columns):
        raise ValueError("a cell holds nothing")
    return table.cast(SCHEMA)


def coded(column: pa.ChunkedArray) -> tuple[list[str], Codes]:
    """The labels of a column of texts in their order, and each row's place among them, in as few bytes as it takes."""
    whole = column.unify_dictionaries()
    given = whole.chunk(0).dictionary.to_pylist() if whole.num_chunks else []
    labels = sorted(given)
    place = {label: number for number, label in enumerate(labels)}
    order = np.array([place[label] for label in given], dtype=small(len(labels)))
    codes = [order[np.from_dlpack(chunk.indices)] for chunk in whole.chunks]
    return labels, np.concatenate(codes) if codes else order


def numbers(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """A column of numbers without gaps. Not by `to_numpy`, which first imports pandas: a third of a second of the first answer."""
    parts = [np.from_dlpack(chunk) for chunk in column.chunks]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, column.type.to_pandas_dtype())


def small(size: int) -> type[np.unsignedinteger[Any]]:
    """The smallest type that numbers so many labels."""
    return np.uint8 if size <= 256 else np.uint16 if size <= 65_536 else np.uint32
