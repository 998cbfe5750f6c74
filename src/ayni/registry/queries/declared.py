"""What the sides of a record declare: the fields that each confirms or disputes, as JSON, and in words."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES, language, text_in
from ayni.directory.models import Concept, Institution
from ayni.registry.models import SCHEMES, Continuity, Formality, Initiative, Size

ROLES = "roles"
FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "objective": gettext_lazy("Objective"),
    "cooperation_type": gettext_lazy("Type of cooperation"),
    "size": gettext_lazy("Size"),
    "formality": gettext_lazy("Formality"),
    "continuity": gettext_lazy("Continuity"),
    "requested_on": gettext_lazy("Asked for on"),
    "answered_on": gettext_lazy("Answered on"),
    "starts_on": gettext_lazy("Planned from"),
    "ends_on": gettext_lazy("Planned until"),
    "topics": gettext_lazy("Topics"),
    "modalities": gettext_lazy("Modalities"),
    "quadrants": gettext_lazy("Quadrants of the matrix"),
    "goals": gettext_lazy("Sustainable Development Goals"),
    ROLES: gettext_lazy("Who takes part, with which role"),
}
TEXTS = ("title", "objective")
DAYS = ("requested_on", "answered_on", "starts_on", "ends_on")
CHOICES: dict[str, Any] = {"size": Size, "formality": Formality, "continuity": Continuity}
# The vocabulary of the type, and of the roles.
TYPES, PARTS = "cooperation-types", "cooperation-roles"
PEOPLE = ("institution", "part", "role")


def declared_values(initiative: Initiative) -> dict[str, Any]:
    """What the record says, read afresh, whatever `initiative` holds (see `values_of`)."""
    rows = Initiative.objects.select_related("cooperation_type").prefetch_related(*SCHEMES)
    return values_of(rows.prefetch_related(*(f"participations__{one}" for one in PEOPLE)).get(pk=initiative.pk))


def values_of(row: Initiative) -> dict[str, Any]:
    """What the record says: texts by language, ISO dates, codes of terms (lists sorted), and the roles.

    A role is `{"institution": code, "part": number of the component or None, "role": code}`.
    """
    found: dict[str, Any] = {name: dict(getattr(row, name)) for name in TEXTS}
    found["cooperation_type"] = row.cooperation_type.code
    found |= {name: getattr(row, name) for name in CHOICES}
    found |= {name: day.isoformat() if (day := getattr(row, name)) else None for name in DAYS}
    found |= {name: sorted(one.code for one in getattr(row, name).all()) for name in SCHEMES}
    found[ROLES] = in_order_of_roles(
        {"institution": one.institution.code, "part": one.part.number if one.part else None, "role": one.role.code}
        for one in row.participations.all()
    )
    return {name: found[name] for name in FIELDS}


def in_order_of_roles(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Roles in one order, so that two lists of the same roles are equal."""
    return sorted((dict(row) for row in rows), key=lambda row: (row["part"] or 0, row["institution"]))


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The declared fields in which two records differ, in the order of FIELDS."""
    return [name for name in FIELDS if one[name] != other[name]]


def fingerprint(value: Any) -> str:
    """Sixteen letters that stand for a value: what somebody has read and agrees to is sent along as this."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Wording:
    """Declared values in words; what all of them name is read in three queries, however many there are."""

    def __init__(self, values: Iterable[tuple[str, Any]]) -> None:
        codes: dict[str, set[str]] = {}
        institutions: set[str] = set()
        for name, value in values:
            if name in SCHEMES:
                codes.setdefault(SCHEMES[name], set()).update(value or ())
            elif name == "cooperation_type" and value:
                codes.setdefault(TYPES, set()).add(value)
            elif name == ROLES:
                institutions |= {row["institution"] for row in value or ()}
                codes.setdefault(PARTS, set()).update(row["role"] for row in value or ())
        every = {code for some in codes.values() for code in some}
        rows = Concept.objects.filter(scheme__code__in=codes, code__in=every).order_by("scheme__version")
        self._terms = {(scheme, one.code): str(one) for scheme, one in _by_scheme(rows)}
        named = Institution.objects.filter(code__in=institutions).select_related("country").prefetch_related("names")
        self._institutions = {one.code: one.with_country for one in named if institutions}

    def __call__(self, name: str, value: Any) -> str:
        """The value as a reader reads it; "" where the record says nothing."""
        if not value:
            return ""
        if name in TEXTS:
            return _texts(value)
        if name in CHOICES:
            return str(dict(CHOICES[name].choices).get(value, value))
        if name in DAYS:
            day = parse_date(value)
            return formats.date_format(day, "DATE_FORMAT") if day else ""
        if name == ROLES:
            return "\n".join(self._role(row) for row in value)
        if name == "cooperation_type":
            return self._terms.get((TYPES, value), value)
        return ", ".join(self._terms.get((SCHEMES[name], code), code) for code in value)

    def _role(self, row: Mapping[str, Any]) -> str:
        told = {
            "institution": self._institutions.get(row["institution"], row["institution"]),
            "role": self._terms.get((PARTS, row["role"]), row["role"]),
        }
        if row["part"] is None:
            return _("%(institution)s: %(role)s") % told
        return _("%(institution)s, in part %(number)d: %(role)s") % (told | {"number": row["part"]})


def _by_scheme(rows: Any) -> Iterable[tuple[str, Concept]]:
    return ((one.scheme.code, one) for one in rows.select_related("scheme"))


def _texts(value: Mapping[str, str]) -> str:
    """The one text alone, or each with its language, the reader's own first."""
    given = sorted((code for code in LANGUAGES if value.get(code)), key=lambda code: code != language())
    if len(given) == 1:
        return text_in(value)
    return "\n".join(f"{get_language_info(code)['name_local'].capitalize()}: {value[code]}" for code in given)
