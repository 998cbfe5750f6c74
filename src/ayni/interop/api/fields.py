"""`fields`: which fields of a record are wanted. Without it, all of them."""

from copy import copy
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import BaseModel, Field, create_model

from ayni.interop.api.problems import unanswerable
from ayni.interop.formats.open_data.words import Row, Shape

LONGEST = 1_000


def of_some(shape: type[BaseModel]) -> Any:
    """The parameter, for `create_model`: names of the shape's fields with a comma between."""
    names = list(shape.model_fields)
    one = f"({'|'.join(names)})"
    about = gettext_noop("Only these fields of each record, their names with a comma between; without it, all")
    form = {"pattern": f"^{one}(,{one})*$"}
    field = Field(
        None,
        max_length=LONGEST,
        description=about,
        examples=[",".join(names[:2])],
        json_schema_extra={"anyOf": [{"type": "string", "maxLength": LONGEST, **form}, {"type": "null"}]},
    )
    return str | None, field


@cache
def some_of(shape: type[BaseModel]) -> type[BaseModel]:
    """The shape of an answer that may leave fields out: which, the reader has said."""
    fields: dict[str, Any] = {}
    for name, field in shape.model_fields.items():
        loose = copy(field)
        loose.default = None
        fields[name] = (field.annotation, loose)
    return create_model(shape.__name__, __base__=Shape, __doc__=shape.__doc__, **fields)


def chosen(shape: type[BaseModel], fields: str | None) -> list[str] | None:
    """The fields that are wanted; None for all. Raises Problem for a field that the shape does not have."""
    if fields is None:
        return None
    names = list(dict.fromkeys(fields.split(",")))
    unknown = [name for name in names if name not in shape.model_fields]
    if unknown:
        message = _("There is no field %(unknown)s here. Known: %(names)s.") % {
            "unknown": ", ".join(unknown)[:100],
            "names": ", ".join(shape.model_fields),
        }
        raise unanswerable([{"name": "fields", "message": message}])
    return names


def narrowed(row: Row, names: list[str] | None) -> Row:
    """The row with these fields alone."""
    return row if names is None else {name: row[name] for name in names}
