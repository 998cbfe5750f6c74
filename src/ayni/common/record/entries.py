"""Events of the record as a reader sees them: who, when, what, and each change with its label and its names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES
from ayni.common.models import AuditEvent
from ayni.common.record.labels import label
from ayni.common.record.verbs import sentence

Model = type[models.Model]
Names = Mapping[tuple[Model, str], str]
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as texts; "" is nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `kind` says what sort of thing `name` is and `url` its own record; `who` is "" when the system did it by itself."""

    when: datetime
    who: str
    what: str
    kind: str
    name: str
    url: str
    changes: list[Change] = field(default_factory=list)


def entries(events: Iterable[AuditEvent]) -> list[Entry]:
    """`events` in their order, with their changes. Reads once for each table that the events refer to."""
    known = list(events)
    names = _names(known)
    return [_entry(event, _changes(event, names)) for event in known]


def headlines(events: Iterable[AuditEvent]) -> list[Entry]:
    """`events` in their order, without their changes."""
    return [_entry(event, []) for event in events]


def model_of(object_type: str) -> Model | None:
    """The model of an event, or None when it is no longer one of Ayni's."""
    try:
        model = apps.get_model(object_type)
    except (LookupError, ValueError):
        return None
    return model if model.__module__.startswith("ayni.") else None


def kind_of(object_type: str) -> str:
    """What sort of thing `object_type` is, in the language of the page."""
    model = model_of(object_type)
    return str(model._meta.verbose_name) if model is not None else object_type


def _entry(event: AuditEvent, changes: list[Change]) -> Entry:
    model = model_of(event.object_type)
    return Entry(
        when=event.at,
        who=event.actor_name or _("Ayni itself"),
        what=sentence(event.verb),
        kind=kind_of(event.object_type),
        name=event.object_name,
        url=reverse("record", args=[event.object_type, event.object_id]) if model is not None else "",
        changes=changes,
    )


def _changes(event: AuditEvent, names: Names) -> list[Change]:
    model = model_of(event.object_type)
    before, after = _flat(event.before), _flat(event.after)
    return [change for key in _keys(before, after) if (change := _change(model, key, before, after, names))]


def _flat(values: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The columns of a part of the thing ("part", where a change of it is told of the whole) among those of the thing."""
    given = values or {}
    part = given.get("part")
    return (
        {**{key: value for key, value in given.items() if key != "part"}, **part}
        if isinstance(part, Mapping)
        else given
    )


def _keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys([*before, *after]) if key not in ("id", "password")]


def _change(
    model: Model | None, key: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> Change | None:
    column = _column(model, key)
    old, new = _text(before.get(key), column, names), _text(after.get(key), column, names)
    return Change(label(key, column), old, new) if old or new else None


def _column(model: Model | None, key: str) -> "models.Field[Any, Any] | None":
    if model is None:
        return None
    return next((column for column in model._meta.concrete_fields if key == column.attname), None)


def _text(value: Any, column: "models.Field[Any, Any] | None", names: Names) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if column is not None and column.related_model is not None:
        return names.get((_related(column), str(value)), str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(column.flatchoices) if column is not None else {}
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if isinstance(column, models.DateTimeField):
        moment = parse_datetime(str(value))
        return formats.date_format(localtime(moment), "DATETIME_FORMAT") if moment else str(value)
    return _plain_text(value)


def _plain_text(value: Any) -> str:
    """Texts by language on lines of their own; lists with commas; the rest as it is."""
    if isinstance(value, Mapping):
        lines = [f"{key}: {_plain_text(part)}" for key, part in sorted(value.items(), key=_language_order) if part]
        text = "\n".join(lines)
    elif isinstance(value, list):
        text = ", ".join(_plain_text(part) for part in value)
    else:
        text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def _language_order(item: tuple[str, Any]) -> tuple[int, str]:
    return (LANGUAGES.index(item[0]) if item[0] in LANGUAGES else len(LANGUAGES), item[0])


def _names(events: list[AuditEvent]) -> dict[tuple[Model, str], str]:
    """The names of what the events refer to, by model and number."""
    wanted: dict[Model, set[Any]] = {}
    for event in events:
        model = model_of(event.object_type)
        for values in (_flat(event.before), _flat(event.after)):
            for key, value in values.items():
                column = _column(model, key)
                if column is not None and column.related_model is not None and isinstance(value, str | int):
                    wanted.setdefault(_related(column), set()).add(value)
    return {
        (model, str(thing.pk)): str(thing)
        for model, numbers in wanted.items()
        for thing in model._default_manager.filter(pk__in=numbers).prefetch_related(*getattr(model, "NAMED_BY", ()))
    }


def _related(column: "models.Field[Any, Any]") -> Model:
    related = column.related_model
    assert isinstance(related, type)
    return related
