"""The activities of the initiatives as a sheet."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ayni.common.sheets.rules import text, tidy, whole, yes
from ayni.common.sheets.sheet import Cells, Choices, Column, Key, Kind, Sheet, Standing, Use
from ayni.directory.models import Country
from ayni.directory.models.spoken import SPOKEN
from ayni.registry.models import Activity, Initiative
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.sheets.columns import (
    days,
    initiative_column,
    institutions,
    number_column,
    of_initiatives,
    says_the_same,
    spoken,
    terms,
    texts,
    told,
)

TEXTS = ("title", "description")
FLAGS = ("online", "follow_up")
PAIR = re.compile("([a-z]{2})-([a-z]{2})")
AT_ONCE = 500


def two_languages(given: str) -> tuple[str, str]:
    """From which language into which, as "es-pt", or nothing."""
    kept = given.casefold()
    found = PAIR.fullmatch(kept)
    known = found is not None and set(found.groups()) <= set(SPOKEN) and found.group(1) != found.group(2)
    if known or not kept:
        return kept, ""
    told = gettext("Write the codes of two languages as “es-pt”; the languages are %(codes)s.")
    return given, told % {"codes": ", ".join(SPOKEN)}


def activity_sheet(_user: Any) -> Sheet:
    """The columns; a row without a number is a new activity."""
    countries = Choices({one.pk: one.name for one in Country.objects.all()})
    columns = (
        initiative_column(),
        number_column(),
        *texts("title", _("Title"), longest=250),
        Column("modality", _("Modality"), required=True, choices=terms("modalities")),
        Column("institution", _("Institution that sees to it"), required=True, choices=institutions(), width=30),
        replace(days("starts_on", _("First day")), required=True),
        replace(days("ends_on", _("Last day")), required=True),
        *texts("description", _("Description")),
        Column("part", _("Number of the part"), whole(1, 999), kind=Kind.NUMBER, width=10),
        Column("country", _("Country"), choices=countries),
        Column("place", _("Place"), text(150)),
        Column("online", _("Online"), yes, width=10),
        Column("follow_up", _("Follow-up"), yes, width=10),
        Column("interpretation", _("Interpretation"), two_languages, width=10),
        Column("state", _("State"), use=Use.READ),
    )
    what = ("title_es", "title_pt", "title_en", "title_fr")
    identity = ("initiative", "starts_on", *what)
    key = ("initiative", "number")
    return Sheet("activities", _("Activities"), columns, key, what, numbered=True, identity=identity)


def activity_rows(initiatives: QuerySet[Initiative]) -> Iterator[Standing]:
    """The rows of these initiatives, in a few queries for each 500."""
    rows = Activity.objects.filter(initiative__in=of_initiatives(initiatives))
    rows = rows.select_related("initiative", "institution", "modality", "part", "country")
    for one in rows.order_by("-initiative", "number").iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def activities_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these keys that `user` sees, their initiatives held for the transaction."""
    codes = {code for code, _number in keys}
    list(Initiative.objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("pk"))
    rows = activity_rows(initiatives_for(user).filter(code__in=codes))
    found = {(row.cells["initiative"], row.cells["number"]): row for row in rows}
    return {key: found[key] for key in keys if key in found}


def activity_twin(user: Any, cells: Cells) -> str:
    """The number of an activity of the same initiative that begins on the same day, with the same title in some language."""
    rows = Activity.objects.filter(
        initiative__in=of_initiatives(initiatives_for(user)),
        initiative__code=cells["initiative"],
        starts_on=cells["starts_on"],
    )
    found = (number for number, title in rows.values_list("number", "title") if says_the_same(cells, "title", title))
    return str(next(found, ""))


def _cells(one: Activity) -> dict[str, str]:
    found = {
        "initiative": one.initiative.code,
        "number": str(one.number),
        "modality": one.modality.code,
        "institution": one.institution.code,
        "starts_on": told(one.starts_on),
        "ends_on": told(one.ends_on),
        "part": str(one.part.number) if one.part else "",
        "country": one.country_id or "",
        "place": tidy(one.place),
        "interpretation": one.interpretation,
        "state": str(one.get_state_display()),
    }
    for name in FLAGS:
        found[name] = "yes" if getattr(one, name) else ""
    for name in TEXTS:
        found |= spoken(name, getattr(one, name))
    return found
