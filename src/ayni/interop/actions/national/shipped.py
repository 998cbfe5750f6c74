"""The profiles that come with Ayni go in, as the first versions; what is there stays as it is."""

from typing import Any

from django.db import transaction

from ayni.common.audit import record
from ayni.common.columns import VersionStatus
from ayni.common.reference import document
from ayni.directory.models import Concept
from ayni.interop.formats.national.profile import CROSSED, Common, NationalProfile, key_of
from ayni.interop.models import CodeMapping, RecordProfile

FOLDER = "interop/profiles"
SHIPPED = ("agcid-chl", "apc-col", "abc-bra", "simexcid-mex", "undp-ssc")


@transaction.atomic
def load_profiles(*, by: Any) -> list[RecordProfile]:
    """Enter the shipped profiles that are not there yet, in force, with their crosswalks and examples."""
    there = set(RecordProfile.objects.values_list("code", flat=True))
    return [_load(by, code) for code in SHIPPED if code not in there]


def _load(by: Any, code: str) -> RecordProfile:
    given = document(f"{FOLDER}/{code}.json")
    declared = NationalProfile.model_validate(given["profile"])
    made = RecordProfile.objects.create(
        code=code,
        status=VersionStatus.CURRENT,
        title=given["title"],
        written_from=given["written_from"],
        reconstruction=given["reconstruction"],
        country_id=declared.country or None,
        declared=declared.model_dump(mode="json"),
        sample=given["sample"],
        changed_by=by,
    )
    for field, codes in given["crosswalk"].items():
        terms = {one.code: one for one in Concept.objects.current(CROSSED[Common(field)])}
        CodeMapping.objects.bulk_create(
            CodeMapping(
                profile=made, field=field, key=key_of(label), label=label, relation=relation, concept=terms[term]
            )
            for label, relation, term in codes
        )
    record(by=by, verb="record profile loaded", on=made, after={"version": made.version})
    return made
