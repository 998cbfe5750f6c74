"""The record of every write (append-only): actions call `record` inside their own transaction."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from ayni.common.models import AuditEvent

Values = Mapping[str, Any] | None
# Any number that no other advisory lock of this database bears.
PUBLIC_EVENTS = 2010_0001
SECRET_FIELDS = frozenset({"password", "token"})


def snapshot(instance: models.Model) -> dict[str, Any]:
    """The column values of `instance` as JSON can hold them, without secrets."""
    values = {
        field.attname: getattr(instance, field.attname)
        for field in instance._meta.concrete_fields
        if field.attname not in SECRET_FIELDS
    }
    files = {name: str(value) for name, value in values.items() if isinstance(value, FieldFile)}
    return _plain(values | files)


def record(
    *,
    by: Any,
    verb: str,
    on: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    public: bool = True,
) -> AuditEvent:
    """Add one event to the record.

    `by` is the acting user, or None for the system. `before` and `after` are plain values (see `snapshot`);
    when both are given, only what differs is kept. `public=False` marks a change that no public page shows.
    """
    before, after = _differing(before, after)
    if public:
        _wait_for_turn()
    event = _event(by, verb, on, _plain(before), _plain(after), public)
    event.save(force_insert=True)
    return event


def record_part(
    *,
    by: Any,
    verb: str,
    on: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    was: Mapping[str, Any] | None = None,
    public: bool = True,
) -> AuditEvent:
    """Add one event about a part of `on`, another row: its columns are kept as "part", apart from those of `on` itself.

    `was` is the row of `on` before, where its own columns have changed with the part. So the events of `on` tell, one after the
    other, what its own columns hold.
    """
    before, after = _differing(before, after)
    parts = [None if row is None else {"part": row} for row in (before, after)]
    if was is not None:
        parts = [{**own, **(part or {})} for own, part in zip((was, snapshot(on)), parts, strict=True)]
    return record(by=by, verb=verb, on=on, before=parts[0], after=parts[1], public=public)


def _differing(before: Values, after: Values) -> tuple[Values, Values]:
    """Of two rows only what differs; of one alone everything."""
    if before is None or after is None:
        return before, after
    changed = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    return {key: before[key] for key in changed if key in before}, {key: after[key] for key in changed if key in after}


def record_each(*, by: Any, verb: str, on: Iterable[models.Model], public: bool = True) -> None:
    """Add one event for each of `on`, with what it is now, in one write."""
    if public:
        _wait_for_turn()
    AuditEvent.objects.bulk_create(_event(by, verb, one, None, snapshot(one), public) for one in on)


def _wait_for_turn() -> None:
    """Let public events be committed in the order of their numbers, which `data_version` rests on.

    SQLite has one writer at a time anyway. On PostgreSQL two could take numbers 1 and 2 and commit 2 first: whoever read the
    version in between would never learn of 1. The lock lasts until the transaction ends; public changes are few and short.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLIC_EVENTS])


def _event(by: Any, verb: str, on: models.Model, before: Any, after: Any, public: bool) -> AuditEvent:
    return AuditEvent(
        actor_id=by.pk if by is not None else None,
        actor_name=str(by) if by is not None else "",
        verb=verb,
        object_type=on._meta.label,
        object_id=str(on.pk),
        object_name=str(on)[:250],
        before=before,
        after=after,
        public=public,
    )


def history(instance: models.Model) -> QuerySet[AuditEvent]:
    """What happened to `instance`, the latest first."""
    return AuditEvent.objects.filter(object_type=instance._meta.label, object_id=str(instance.pk)).order_by("-id")


def data_version() -> int:
    """The number of the last change that a public page can show; 0 when there was none.

    Every page of an anonymous reader asks for it, so it is put to the database as it stands.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM common_auditevent WHERE public ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def _plain(values: Mapping[str, Any] | None) -> Any:
    return None if values is None else json.loads(json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False))
