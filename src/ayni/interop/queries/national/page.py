"""Profiles as their pages show them: whose they are, what they map, which codes have no term of ours, what came in by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from ayni.common.columns import VersionStatus
from ayni.common.i18n import text_in
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.interop.formats.national.profile import CROSSED, NationalProfile, key_of
from ayni.interop.formats.national.values import parts_of, text_of
from ayni.interop.models import (
    CodeMapping,
    CrossedField,
    Match,
    RecordProfile,
    ReportedActivity,
    ReportedCode,
    SourceFile,
)
from ayni.interop.queries.national.reading import declared_of
from ayni.interop.queries.national.words import FIELDS, RELATIONS


@dataclass(frozen=True, slots=True)
class ProfileShown:
    """A profile in the list. `records` is how many records of its reporter there are; `draft` whether a draft stands that one may see."""

    profile: RecordProfile
    reporter: str
    records: int
    draft: bool


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A code of the country's: how often records bear it, and the terms of ours with their relation."""

    label: str
    uses: int
    terms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CrosswalkShown:
    """A field's codes; `without` are those that records bear and nobody has mapped, the most frequent first."""

    field: str
    name: str
    vocabulary: str
    mapped: tuple[CodeShown, ...]
    without: tuple[CodeShown, ...]


def profiles_shown(user: Any) -> list[ProfileShown]:
    """The version in force of each profile, or its draft where it has no other. Two queries."""
    rows = RecordProfile.objects.exclude(status=VersionStatus.SUPERSEDED).select_related("country")
    records = dict(ReportedActivity.objects.order_by().values_list("publisher").annotate(number=Count("pk")))
    found: dict[str, ProfileShown] = {}
    for one in rows.order_by("code", "version"):
        draft = one.status == VersionStatus.DRAFT
        if draft and not may(user, IMPORT_RECORDS, one):
            continue
        stands = found.get(one.code)
        shown = stands.profile if stands else one
        reporter = shown.declared["reporter"]
        found[one.code] = ProfileShown(shown, text_in(reporter["name"]), records.get(reporter["ref"], 0), draft)
    return list(found.values())


def profile_for(user: Any, code: str) -> RecordProfile:
    """The version in force; where there is none, the draft for those who may change it. Raises Http404."""
    rows = RecordProfile.objects.filter(code=code).exclude(status=VersionStatus.SUPERSEDED).select_related("country")
    for one in sorted(rows, key=lambda row: row.status != VersionStatus.CURRENT):
        if one.status == VersionStatus.CURRENT or may(user, IMPORT_RECORDS, one):
            return one
    raise Http404(_("There is no such profile."))


def columns_shown(declared: NationalProfile) -> list[dict[str, str]]:
    """{field, column, value, more} of what the profile tells, in its order."""
    return [
        {
            "field": str(FIELDS[one.field]),
            "column": one.column,
            "value": one.value,
            "more": ", ".join(filter(None, (one.language, one.option))),
        }
        for one in declared.sources
    ]


def crosswalks_shown(profile: RecordProfile) -> list[CrosswalkShown]:
    """The crosswalk of each field that the profile maps or has codes of. Two queries."""
    told = declared_of(profile).sources
    mapped: dict[str, dict[str, list[CodeMapping]]] = {}
    for row in profile.mappings.select_related("concept"):
        mapped.setdefault(row.field, {}).setdefault(row.key, []).append(row)
    uses = uses_of(profile)
    names = dict(CrossedField.choices)
    return [
        _crosswalk(field, str(names[field]), mapped.get(field, {}), uses)
        for field in CROSSED
        if field in mapped or any(one.field == field for one in told)
    ]


def uses_of(profile: RecordProfile) -> dict[tuple[str, str], tuple[str, int]]:
    """{(field, key): (the code as written, how many records of the reporter bear it)}. One query."""
    rows = ReportedCode.objects.filter(field__in=list(CROSSED), activity__publisher=profile.declared["reporter"]["ref"])
    counted = rows.order_by().values_list("field", "key").annotate(label=Max("label"), number=Count("pk"))
    return {(field, key): (label, number) for field, key, label, number in counted}


def sample_codes(profile: RecordProfile) -> Iterator[tuple[str, str]]:
    """(field, code) of the example that the profile keeps, in its order."""
    declared = declared_of(profile)
    at: dict[str, int] = {}
    for _number, cells in profile.sample:
        if not at:
            at = {key_of(text_of(value)): place for place, value in enumerate(cells)}
            continue
        for source in declared.sources:
            place = at.get(key_of(source.column))
            if source.field in CROSSED and source.column and place is not None and place < len(cells):
                for part in parts_of(text_of(cells[place]), declared.separator):
                    yield source.field, part


def files_of(profile: RecordProfile) -> QuerySet[SourceFile]:
    """The files that came in by any version of the profile, the latest first."""
    return SourceFile.objects.filter(Q(profile__startswith=f"{profile.code}@")).order_by("-started_at", "-pk")


def versions_of(profile: RecordProfile, user: Any) -> list[RecordProfile]:
    """Every version, the latest first; drafts for those who may change them."""
    rows = RecordProfile.objects.filter(code=profile.code).defer("declared", "sample").order_by("-version")
    sees = may(user, IMPORT_RECORDS, profile)
    return [one for one in rows if sees or one.status != VersionStatus.DRAFT]


def _crosswalk(
    field: str, name: str, mapped: dict[str, list[CodeMapping]], uses: dict[tuple[str, str], tuple[str, int]]
) -> CrosswalkShown:
    shown = [
        CodeShown(
            rows[0].label,
            uses.get((field, key), ("", 0))[1],
            tuple((str(RELATIONS[Match(row.relation)]), str(row.concept)) for row in rows),
        )
        for key, rows in mapped.items()
    ]
    without = [
        CodeShown(label, number) for (of, key), (label, number) in uses.items() if of == field and key not in mapped
    ]
    return CrosswalkShown(
        field,
        name,
        CROSSED[field],  # type: ignore[index]
        tuple(sorted(shown, key=lambda one: key_of(one.label))),
        tuple(sorted(without, key=lambda one: (-one.uses, key_of(one.label)))),
    )
