"""JSON for `./ayni solve`: read, held to its schema (data/schemas), and every fault told with its path."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, ValidationError

from ayni.common.reference import document

Value = dict[str, Any]


class InputFault(Exception):
    """What is wrong in the input, and where: `path` as in "$.offers[3].capacity_days"."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def read(text: str, schema: str) -> Value:
    """The input of a kind ("portfolio", "timetable"). Raises InputFault for the first fault in the order of the text."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise InputFault("$", _("This is not JSON (line %(line)d, column %(column)d).") % place) from None
    endless = _endless(value, ())
    if endless is not None:
        raise InputFault(path_of(endless), _("This number is too large."))
    faults = list(Draft202012Validator(document(f"schemas/{schema}.schema.json")).iter_errors(value))
    if faults:
        first = min(faults, key=lambda fault: [str(part).zfill(9) for part in fault.absolute_path])
        raise InputFault(path_of(first.absolute_path), _reason(first))
    found: Value = value
    return found


def each_once(rows: Iterable[Mapping[str, Any]], path: str) -> set[str]:
    """The identifiers of rows. Raises InputFault where one stands twice."""
    known: set[str] = set()
    for place, row in enumerate(rows):
        if row["id"] in known:
            raise InputFault(f"{path}[{place}].id", _("“%(id)s” stands twice.") % {"id": row["id"]})
        known.add(row["id"])
    return known


def among(value: str, known: Iterable[str], path: str) -> None:
    """Raises InputFault where a row names what is not there."""
    if value not in known:
        raise InputFault(path, _("There is no “%(id)s”.") % {"id": value})


def path_of(parts: Iterable[str | int]) -> str:
    """A path in JSONPath's way: "$.demands[0].days.Q1"."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)


def _reason(fault: ValidationError) -> str:
    rule, limit = str(fault.validator), fault.validator_value
    if rule == "required" and isinstance(fault.instance, Mapping):
        missing = next(name for name in fault.schema["required"] if name not in fault.instance)
        return _("“%(name)s” is missing.") % {"name": missing}
    sentences = {
        "type": _("This has to be of the type “%(limit)s”."),
        "minimum": _("This has to be %(limit)s or more."),
        "maximum": _("This has to be %(limit)s or less."),
        "exclusiveMinimum": _("This has to be more than %(limit)s."),
        "minItems": _("At least %(limit)s has to stand here."),
        "minProperties": _("At least %(limit)s has to stand here."),
        "maxItems": _("At most %(limit)s may stand here."),
        "maxProperties": _("At most %(limit)s may stand here."),
        "minLength": _("This may not be empty."),
        "uniqueItems": _("Something stands twice here."),
        "pattern": _("A month is written as in 2027-03."),
        "additionalProperties": _("There is a key here that is not known."),
    }
    return sentences.get(rule, _("This does not fit the schema.")) % {"limit": limit}


def _endless(value: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """Where the first number stands that no float can hold (1e999), if any."""
    if isinstance(value, float):
        return path if math.isinf(value) else None
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return next((found for key, part in parts if (found := _endless(part, (*path, key))) is not None), None)


def _refuse_constant(name: str) -> float:
    raise InputFault("$", _("“%(name)s” is no number of JSON.") % {"name": name})
