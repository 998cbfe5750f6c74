"""The institutions of the 2010 document, with their names, dates and successors."""

from typing import Any

from django.db import transaction

from ayni.common.audit import record, snapshot
from ayni.common.reference import Row, table, texts
from ayni.directory.models import Affiliation, Concept, Institution, InstitutionName, Succession


@transaction.atomic
def load_institutions(*, by: Any, folder: str = "oas2010") -> int:
    """Add the institutions of `data/<folder>/` that are not there yet; what was edited stays. Returns how many were added."""
    standing = {institution.code: institution for institution in Institution.objects.all()}
    rows = table(f"{folder}/institutions.csv")
    missing = [row for row in rows if row["code"] not in standing]
    for row in missing:
        standing[row["code"]] = _add(row)
    for row in missing:
        if row["parent"]:
            institution = standing[row["code"]]
            institution.parent = standing[row["parent"]]
            institution.save(update_fields=["parent"])
    added = {row["code"] for row in missing}
    InstitutionName.objects.bulk_create(
        InstitutionName(
            institution=standing[row["institution"]],
            name=texts(row, "name"),
            acronym=row["acronym"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            source=row["source"],
        )
        for row in table(f"{folder}/institution_names.csv")
        if row["institution"] in added
    )
    Succession.objects.bulk_create(
        Succession(
            predecessor=standing[row["predecessor"]],
            successor=standing[row["successor"]],
            on=row["on"],
            note=texts(row, "note"),
            source=row["source"],
        )
        for row in table("oas2010/successions.csv")
        if row["predecessor"] in added or row["successor"] in added
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            member=standing[row["member"]],
            body=standing[row["body"]],
            since=row["since"],
            until=row["until"],
            source=row["source"],
        )
        for row in table("oas2010/affiliations.csv")
        if row["member"] in added
    )
    for code in sorted(added):
        record(by=by, verb="institution loaded", on=standing[code], after=snapshot(standing[code]))
    return len(missing)


def _add(row: Row) -> Institution:
    return Institution.objects.create(
        code=row["code"],
        country_id=row["country"] or None,
        international=not row["country"],
        kind=_concept("institution-types", row["kind"]),
        role=_concept("social-protection-roles", row["role"]),
        website=row["website"],
        source=row["source"],
    )


def _concept(scheme: str, code: str) -> Concept | None:
    return Concept.objects.current(scheme).get(code=code) if code else None
