"""Records side by side, field by field: initiatives and what others report, in the same words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import LANGUAGES, language, text_in
from ayni.directory.models import Country
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.page import sums_shown
from ayni.interop.queries.words import STATUS, said
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.sides import countries_of

Kept = Initiative | ReportedActivity
# So much of a description is enough to compare.
SHORT = 600


@dataclass(frozen=True, slots=True)
class Field:
    """What each of the `records` says of one thing; `differs` where two of them tell it in a way that can be compared, and not alike."""

    label: str
    records: tuple[str, ...]
    told: tuple[str, ...]
    differs: bool = False

    @property
    def cells(self) -> list[tuple[str, str]]:
        """By what each record is known, and what it says."""
        return list(zip(self.records, self.told, strict=True))

    @property
    def same(self) -> bool:
        return len(self.told) > 1 and bool(self.told[0]) and len(set(self.told)) == 1


def fields_of(records: Sequence[Kept]) -> list[Field]:
    """The records side by side, each a column, without what nobody tells. One query beyond what they have read, for countries' names."""
    names = _countries([one for one in records if isinstance(one, ReportedActivity)])
    known = tuple(link_of(one)[0] for one in records)
    rows = []
    for label, of_initiative, of_report, comparable in FIELDS:
        told = tuple(of_initiative(one) if isinstance(one, Initiative) else of_report(one, names) for one in records)
        differs = comparable and len(set(filter(None, told))) > 1
        if any(told):
            rows.append(Field(str(label), known, told, differs))
    return rows


def link_of(one: Kept) -> tuple[str, str]:
    """By what it is known, and the address of its page."""
    if isinstance(one, Initiative):
        return one.code, reverse("initiative", args=[one.code])
    return one.identifier, reverse("reported_activity", args=[one.pk])


def first_day(one: Kept) -> date | None:
    """When it begins: as carried out, where that is known."""
    return (one.began_on or one.starts_on) if isinstance(one, Initiative) else one.starts_on


def last_day(one: Kept) -> date | None:
    """When it ends, likewise."""
    return (one.closed_on or one.ends_on) if isinstance(one, Initiative) else one.ends_on


def _countries(reports: Sequence[ReportedActivity]) -> dict[str, str]:
    codes = {row.code for one in reports for row in one.places.all() if not row.region}
    return {one.iso2: str(one) for one in Country.objects.filter(iso2__in=codes)} if codes else {}


def _every(texts: dict[str, str]) -> str:
    """The one text alone, or each with its language, the reader's own first."""
    order = [language(), *LANGUAGES, *sorted(texts)]
    given = {code: texts[code] for code in order if texts.get(code)}
    told = text_in(texts) if len(given) == 1 else "\n".join(f"{code}: {text}" for code, text in given.items())
    return told if len(told) <= SHORT else f"{told[:SHORT]}…"


def _day(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def _lines(names: Any) -> str:
    return "\n".join(dict.fromkeys(str(name) for name in names if name))


def _parties(one: ReportedActivity, _names: dict[str, str]) -> str:
    return _lines([one.publisher_name or one.publisher, *(row.name or row.ref for row in one.parties.all())])


def _places(one: ReportedActivity, names: dict[str, str]) -> str:
    return _lines(names.get(row.code, row.code) for row in one.places.all())


def _topics(one: Initiative) -> str:
    return ", ".join(
        sorted(
            f"{topic} ({crs})" if (crs := (topic.extra or {}).get("crs")) else str(topic) for topic in one.topics.all()
        )
    )


def _money(one: ReportedActivity, _names: dict[str, str]) -> str:
    return _lines(f"{row.get('committed') or row.get('spent', '')} {row['currency']}" for row in sums_shown(one))


def _source(one: ReportedActivity, _names: dict[str, str]) -> str:
    file, told = one.last_file, []
    told.append(_("%(file)s, loaded on %(day)s") % {"file": file.name, "day": _day(file.started_at.date())})
    if one.line:
        told.append(_("line %(line)s") % {"line": one.line})
    return _lines([*told, f"SHA-256 {file.sha256[:16]}…"])


FIELDS: tuple[
    tuple[Promise, Callable[[Initiative], str], Callable[[ReportedActivity, dict[str, str]], str], bool], ...
] = (
    (gettext_lazy("Title"), lambda one: _every(one.title), lambda one, _n: _every(one.titles), False),
    (gettext_lazy("Objective"), lambda one: _every(one.objective), lambda one, _n: _every(one.descriptions), False),
    (
        gettext_lazy("Who takes part"),
        lambda one: _lines(row.institution.with_country for row in one.participations.all()),
        _parties,
        False,
    ),
    (gettext_lazy("Countries"), lambda one: _lines(countries_of(one)), _places, False),
    (gettext_lazy("Begins"), lambda one: _day(first_day(one)), lambda one, _n: _day(first_day(one)), True),
    (gettext_lazy("Ends"), lambda one: _day(last_day(one)), lambda one, _n: _day(last_day(one)), True),
    (
        gettext_lazy("State"),
        lambda one: str(one.get_state_display()),
        lambda one, _n: said(STATUS, one.status) if one.status else "",
        False,
    ),
    (
        gettext_lazy("Topics and sectors"),
        _topics,
        lambda one, _n: ", ".join(row.code for row in one.sectors.all()),
        False,
    ),
    (gettext_lazy("Type of cooperation"), lambda one: str(one.cooperation_type), lambda _one, _n: "", False),
    (gettext_lazy("Money"), lambda _one: "", _money, False),
    (
        gettext_lazy("Kept by"),
        lambda one: str(one.institution.with_country),
        lambda one, _n: one.publisher_name or one.publisher,
        False,
    ),
    (gettext_lazy("Source"), lambda one: one.source, _source, False),
)
