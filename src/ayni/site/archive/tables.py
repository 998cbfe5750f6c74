"""The database as lines of JSON, in one form for SQLite and PostgreSQL.

A table is a line with its columns and then a line for each row, in the order of its key. Values are those
that Django's fields give and take, so that either database reads what the other wrote. Sessions are left
out: after a restoration everybody signs in anew.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import AutoField, Field, Model
from django.utils.duration import duration_iso_string

BATCH = 500
NOT_KEPT = (Session,)
Table = type[Model]
Progress = Callable[[str], None]


def tables() -> dict[str, Table]:
    """Every table that a backup holds, by the label of its model (`app.model`)."""
    models = apps.get_models(include_auto_created=True)
    stored = [model for model in models if model._meta.managed and not model._meta.proxy]
    return {model._meta.label_lower: model for model in stored if model not in NOT_KEPT}


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the database as it was at the first one; writers need not wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Django's own transactions take the write lock at once (settings); a deferred one only reads.
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def dump(model: Table) -> Iterator[bytes]:
    """The lines of one table."""
    names = [field.attname for field in _columns(model)]
    yield _line(names)
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield _line(row)


def replace_all(lines: Callable[[str], Iterator[bytes]], present: list[str], progress: Progress) -> int:
    """Empty every table and fill those in `present` from `lines(label)`. Returns the number of rows.

    Runs inside the caller's transaction (`replacing`); triggers that keep tables append-only rest meanwhile.
    """
    every = tables()
    with connection.cursor() as cursor:
        wake_triggers = _rest_triggers(cursor, [*every.values(), *NOT_KEPT])
        _empty(cursor, [*every.values(), *NOT_KEPT])
        rows = 0
        for label in sorted(present):
            progress(label)
            rows += _fill(cursor, every[label], lines(label))
        connection.check_constraints()
        _advance_sequences(cursor, list(every.values()))
        wake_triggers()
    return rows


@contextmanager
def replacing() -> Iterator[None]:
    """One transaction in which rows may stand before the rows they refer to."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        yield


def _columns(model: Table) -> list["Field[Any, Any]"]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _line(values: Any) -> bytes:
    return json.dumps(values, default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"A backup cannot hold a {type(value).__name__}.")


def _fill(cursor: CursorWrapper, model: Table, lines: Iterator[bytes]) -> int:
    fields = {field.attname: field for field in _columns(model)}
    columns = [fields[name] for name in json.loads(next(lines))]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"
    rows = 0
    while batch := [_values(columns, line) for line in islice(lines, BATCH)]:
        cursor.executemany(statement, batch)
        rows += len(batch)
    return rows


def _values(columns: list["Field[Any, Any]"], line: bytes) -> list[Any]:
    pairs = zip(columns, json.loads(line), strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection) for field, value in pairs]


def _rest_triggers(cursor: CursorWrapper, models: list[Table]) -> Callable[[], None]:
    """Put triggers aside until the returned function is called, in the same transaction."""
    if connection.vendor == "postgresql":
        names = [connection.ops.quote_name(model._meta.db_table) for model in models]
        _each(cursor, [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in names])
        return lambda: _each(cursor, [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in names])
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = dict(cursor.fetchall())
    _each(cursor, [f"DROP TRIGGER {connection.ops.quote_name(name)}" for name in triggers])
    return lambda: _each(cursor, list(triggers.values()))


def _empty(cursor: CursorWrapper, models: list[Table]) -> None:
    names = [connection.ops.quote_name(model._meta.db_table) for model in models]
    if connection.vendor == "postgresql":
        cursor.execute(f"TRUNCATE TABLE {', '.join(names)}")
    else:
        _each(cursor, [f"DELETE FROM {name}" for name in names])


def _advance_sequences(cursor: CursorWrapper, models: list[Table]) -> None:
    """Never back: a number that was given away before the restoration is not given to something else.

    SQLite does the same by itself (AUTOINCREMENT).
    """
    if connection.vendor != "postgresql":
        return
    for model in models:
        key = model._meta.pk
        if not isinstance(key, AutoField):
            continue
        table, column = connection.ops.quote_name(model._meta.db_table), str(key.column)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
        (name,) = cursor.fetchone()
        if name:
            largest = f"SELECT max({connection.ops.quote_name(column)}) FROM {table}"
            cursor.execute(f"SELECT setval(%s, greatest(({largest}), last_value)) FROM {name}", [name])


def _each(cursor: CursorWrapper, statements: list[str]) -> None:
    for statement in statements:
        cursor.execute(statement, None)
