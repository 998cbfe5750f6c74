"""Profiles and their crosswalks: what is in force never changes; changes are made in a draft, which then takes its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.columns import VersionStatus
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import IMPORT_RECORDS, require
from ayni.directory.models import Concept
from ayni.interop.formats.national.profile import CROSSED, NationalProfile, key_of
from ayni.interop.models import COUNTING, CodeMapping, Match, RecordProfile

COPIED = ("code", "title", "written_from", "reconstruction", "country_id", "declared", "sample")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A relation of a country's code, as it is written, to a term of ours (its number)."""

    field: str
    label: str
    relation: str
    concept: int


@transaction.atomic
def create_profile(*, by: Any, code: str, title: Mapping[str, str], declared: NationalProfile) -> RecordProfile:
    """A new profile, as a draft. Raises Refused when the code is taken, PermissionDenied for a country that is not one's own."""
    made = RecordProfile(
        code=code,
        title=dict(title),
        country_id=declared.country or None,
        declared=declared.model_dump(mode="json"),
        reconstruction=False,
        changed_by=by,
    )
    require(by, IMPORT_RECORDS, made)
    if code == "new" or RecordProfile.objects.filter(code=code).exists():
        raise Refused(_("There is a profile with the code “%(code)s” already.") % {"code": code})
    made.save()
    record(by=by, verb="record profile created", on=made, after=snapshot(made), public=False)
    return made


@transaction.atomic
def draft_profile(*, by: Any, profile: RecordProfile) -> RecordProfile:
    """A draft that begins as a copy of a version, with its crosswalk. Raises Refused when there is a draft, PermissionDenied."""
    require(by, IMPORT_RECORDS, profile)
    versions = list(RecordProfile.objects.select_for_update().filter(code=profile.code).order_by("-version"))
    if versions[0].status == VersionStatus.DRAFT:
        raise Refused(_("Version %(number)d is a draft already: change that one.") % {"number": versions[0].version})
    values = {name: getattr(profile, name) for name in COPIED}
    draft = RecordProfile.objects.create(**values, version=versions[0].version + 1, changed_by=by)
    CodeMapping.objects.bulk_create(
        CodeMapping(
            profile=draft, field=one.field, key=one.key, label=one.label, relation=one.relation, concept=one.concept
        )
        for one in profile.mappings.select_related("concept")
    )
    record(by=by, verb="record profile drafted", on=draft, after={"version": draft.version}, public=False)
    return draft


@transaction.atomic
def edit_profile(
    *, by: Any, profile: RecordProfile, base: int, declared: NationalProfile, title: Mapping[str, str]
) -> RecordProfile:
    """Change a draft. `base` is the revision that was seen: raises Conflict when another stands; Refused for no draft."""
    draft = _held(by, profile)
    if draft.revision != base:
        raise Conflict(_("Somebody has changed the profile meanwhile. Look at what stands now, and change it again."))
    before = snapshot(draft)
    document = declared.model_dump(mode="json")
    # Whose country it is says who may change it: that does not change here.
    draft.declared = {**document, "country": draft.country_id or ""}
    draft.title, draft.revision, draft.changed_by = dict(title), draft.revision + 1, by
    draft.save()
    record(by=by, verb="record profile changed", on=draft, before=before, after=snapshot(draft), public=False)
    return draft


@transaction.atomic
def keep_sample(*, by: Any, profile: RecordProfile, sample: Sequence[Sequence[Any]]) -> RecordProfile:
    """Keep the first rows of a file as the draft's example. Raises Refused for no draft."""
    draft = _held(by, profile)
    draft.sample, draft.changed_by = list(sample), by
    draft.save()
    record(by=by, verb="record profile sample kept", on=draft, after={"rows": len(draft.sample)}, public=False)
    return draft


@transaction.atomic
def map_codes(*, by: Any, profile: RecordProfile, field: str, mapped: Iterable[Mapped]) -> RecordProfile:
    """The crosswalk of a field of a draft becomes this. Raises Refused for terms of another vocabulary, and for a code that would
    count in two terms."""
    draft = _held(by, profile)
    rows = list(mapped)
    terms = Concept.objects.current(CROSSED[_field(field)]).in_bulk([one.concept for one in rows])
    if any(one.concept not in terms or one.relation not in Match.values or not key_of(one.label) for one in rows):
        raise Refused(_("There is no such choice."))
    before = _told(draft, field)
    draft.mappings.filter(field=field).delete()
    kept: dict[tuple[str, int], CodeMapping] = {}
    counted: set[str] = set()
    for one in rows:
        key = key_of(one.label)
        if one.relation in COUNTING:
            if key in counted:
                raise Refused(
                    _("“%(code)s” would count in two terms. Let it be narrower or related to one.")
                    % {"code": one.label}
                )
            counted.add(key)
        kept[key, one.concept] = CodeMapping(
            profile=draft,
            field=field,
            key=key,
            label=one.label[:250],
            relation=one.relation,
            concept=terms[one.concept],
        )
    CodeMapping.objects.bulk_create(kept.values())
    draft.revision, draft.changed_by = draft.revision + 1, by
    draft.save()
    record(by=by, verb="crosswalk changed", on=draft, before=before, after=_told(draft, field), public=False)
    return draft


@transaction.atomic
def put_profile_in_force(*, by: Any, profile: RecordProfile) -> RecordProfile:
    """The draft takes the place of the version in force, which stays with the files that were read by it."""
    draft = _held(by, profile)
    RecordProfile.objects.filter(code=draft.code, status=VersionStatus.CURRENT).update(status=VersionStatus.SUPERSEDED)
    draft.status = VersionStatus.CURRENT
    draft.save()
    record(by=by, verb="record profile put in force", on=draft, after={"version": draft.version})
    return draft


@transaction.atomic
def delete_profile_draft(*, by: Any, profile: RecordProfile) -> None:
    """Throw a draft away. Raises Refused for a version that is or was in force."""
    draft = _held(by, profile)
    record(by=by, verb="record profile draft deleted", on=draft, before={"version": draft.version}, public=False)
    draft.delete()


def _held(by: Any, profile: RecordProfile) -> RecordProfile:
    """The draft, held for this transaction."""
    held = RecordProfile.objects.select_for_update().get(pk=profile.pk)
    require(by, IMPORT_RECORDS, held)
    if held.status != VersionStatus.DRAFT:
        raise Refused(_("A version in force does not change. Begin a new version."))
    return held


def _field(field: str) -> Any:
    if field not in CROSSED:
        raise Refused(_("There is no such choice."))
    return field


def _told(profile: RecordProfile, field: str) -> dict[str, Any]:
    rows = profile.mappings.filter(field=field).values_list("label", "relation", "concept__code")
    return {"field": field, "mapped": [list(row) for row in rows]}
