"""Records as CSV, JSON and Parquet: written row after row, so that memory stays the same whatever their number."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from ayni.common.delimited import guarded
from ayni.interop.formats.open_data.columns import Column, columns
from ayni.interop.formats.open_data.words import Row

A_GROUP = 5_000


def as_csv(shape: type[BaseModel], rows: Iterable[Row]) -> Iterator[str]:
    """Lines of CSV (RFC 4180, UTF-8); lists and objects are JSON in their cell, as Table Schema has them."""
    known, buffer = columns(shape), io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in known])
    for row in rows:
        writer.writerow([_cell(column.of(row)) for column in known])
        if buffer.tell() > 32_000:
            yield _taken(buffer)
    yield _taken(buffer)


def as_json(shape: type[BaseModel], rows: Iterable[Row]) -> Iterator[str]:
    """A JSON list of records; a text is an object with a text for each language that it has."""
    names, begin = list(shape.model_fields), "[\n"
    for row in rows:
        yield begin + json.dumps({name: row[name] for name in names}, default=_plain, ensure_ascii=False)
        begin = ",\n"
    yield "[]\n" if begin == "[\n" else "\n]\n"


def as_parquet(shape: type[BaseModel], rows: Iterable[Row], to: IO[bytes], about: dict[str, str]) -> None:
    """Parquet with typed, nested columns, in groups of A_GROUP rows; `about` goes into the file's own description."""
    known = columns(shape)
    schema = pa.schema([pa.field(one.name, one.arrow) for one in known], metadata=about)
    left = iter(rows)
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        while group := list(islice(left, A_GROUP)):
            writer.write_table(pa.Table.from_arrays([_array(one, group, shape) for one in known], schema=schema))


def _array(column: Column, rows: Sequence[Row], shape: type[BaseModel]) -> pa.Array:
    field = shape.model_fields[column.field]
    inner = next((one for one in _within(field.annotation) if issubclass(one, BaseModel)), None)
    values = [column.of(row) for row in rows]
    if inner is not None:
        known = columns(inner)
        values = [[{one.name: one.of(part) for one in known} for part in parts] for parts in values]
    elif column.kind == "object":
        values = [json.dumps(value, ensure_ascii=False, sort_keys=True) for value in values]
    return pa.array(values, type=column.arrow)


def _within(annotation: Any) -> list[type]:
    return [one for one in getattr(annotation, "__args__", ()) if isinstance(one, type)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return guarded(value) if isinstance(value, str) else str(value)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} is in no record")


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
