"""Rows that stand below one another by their `parent`: placed one at a time, never in a ring."""

from django.db import connection, models

from ayni.methods.results.tree import closes_ring

# Any number that no other advisory lock of this database bears.
PLACING = 2010_0002


def wait_to_place() -> None:
    """Let two who place rows at once do so one after the other, until the transaction ends. Ask before the row is locked.

    SQLite has one writer at a time anyway. On PostgreSQL one could put A below B while the other puts B below A: each would look at
    parents that the other is about to change. Locking the chain itself would stop everybody who writes in a row above.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLACING])


def below_itself(row: models.Model, parent: models.Model) -> bool:
    """Whether the row, put below `parent`, would stand below itself; also where the parents above are a ring already."""
    table = type(row)._default_manager.order_by()

    def above(key: int) -> int | None:
        found: int | None = table.filter(pk=key).values_list("parent", flat=True).first()
        return found

    return closes_ring(above, row.pk, parent.pk)
