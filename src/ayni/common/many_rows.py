"""Many rows of one table written at once, without an object of the model for each: plain values in, in the caller's transaction.

What the database asks of rows still holds (columns, constraints, keys); what only `save` does (defaults, `auto_now`) does not happen:
every column without a default of the database's own is to be given. Checked on both databases in tests/unit/common/test_many_rows.py.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models, transaction

Prepare = Callable[[Any], Any]


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows: `names` are fields of the model (a foreign key by its column, "activity_id"), each row their values in that order.

    Raises FieldDoesNotExist, IntegrityError, DataError, and UnicodeEncodeError for half a character (a lone surrogate). PostgreSQL refuses
    a NUL and a text longer than its column as DataError; SQLite takes both.
    """
    if not rows:
        return
    fields = [_field(model, name) for name in names]
    columns = ", ".join(_quoted(field.column) for field in fields)
    into = f"{_quoted(model._meta.db_table)} ({columns})"
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django puts its own names to the errors of what it sends itself; this it does not send.
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in _prepared(fields, rows):
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", list(_prepared(fields, rows)))


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Overwrite the fields `names` of rows; the last value of each row is its number. Raises what `insert` raises."""
    if not rows:
        return
    fields = [_field(model, name) for name in names]
    key = model._meta.pk
    assigned = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    sentence = f"UPDATE {_quoted(model._meta.db_table)} SET {assigned} WHERE {_quoted(key.column)} = %s"
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(sentence, list(_prepared([*fields, key], rows)))


def reserved(model: type[models.Model], number: int) -> Sequence[int]:
    """So many numbers for new rows of a table, which nobody else gets. Within the transaction that writes the rows."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [_quoted(table), column, number],
            )
            return [row[0] for row in cursor.fetchall()]
        # Who writes is alone there, and the table itself remembers the greatest number that it ever bore.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return range(first, first + number)


def _prepared(fields: Sequence["models.Field[Any, Any]"], rows: Iterable[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    """The rows with each column as the database takes it, column by column."""
    columns = zip(*rows, strict=True)
    told = [
        column if (prepare := _prepare(field)) is None else list(map(prepare, column))
        for field, column in zip(fields, columns, strict=True)
    ]
    return zip(*told, strict=True)


def _prepare(field: "models.Field[Any, Any]") -> Prepare | None:
    """What makes a column's value out of the field's; None where it is the same."""
    ops = connection.ops
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else ops.adapt_json_value(value, field.encoder)
    if isinstance(field, models.DateTimeField):
        return ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return ops.adapt_datefield_value
    if isinstance(field, models.DecimalField):
        return lambda value: ops.adapt_decimalfield_value(value, field.max_digits, field.decimal_places)
    return None


@cache
def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise FieldDoesNotExist(f"{model._meta.label} has no column {name!r}")


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
