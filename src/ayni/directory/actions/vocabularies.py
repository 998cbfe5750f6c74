"""The vocabularies that ship with Ayni, as the first version of each concept scheme."""

import json
from typing import Any

from django.db import transaction

from ayni.common.audit import record
from ayni.common.reference import Row, table, texts
from ayni.directory.models import Concept, ConceptScheme, SchemeStatus


@transaction.atomic
def load_vocabularies(*, by: Any) -> int:
    """Add each scheme that has no version yet; what the secretariat has edited stays as it is. Returns how many."""
    standing = set(ConceptScheme.objects.values_list("code", flat=True))
    missing = [row for row in table("vocabularies/schemes.csv") if row["code"] not in standing]
    for row in missing:
        scheme = ConceptScheme.objects.create(
            code=row["code"],
            version=int(row["version"]),
            title=texts(row, "title"),
            note=texts(row, "note"),
            source=row["source"],
            standing=row["standing"],
            status=SchemeStatus.CURRENT,
        )
        codes = _add_concepts(scheme, table(f"vocabularies/{scheme.code}.csv"))
        record(by=by, verb="vocabulary loaded", on=scheme, after={"version": scheme.version, "concepts": codes})
    return len(missing)


def _add_concepts(scheme: ConceptScheme, rows: list[Row]) -> list[str]:
    concepts = {
        row["code"]: Concept(
            scheme=scheme,
            code=row["code"],
            label=texts(row, "label"),
            definition=texts(row, "definition"),
            position=position,
            source=row["source"],
            extra=json.loads(row["extra"]) if row["extra"] else {},
        )
        for position, row in enumerate(rows)
    }
    Concept.objects.bulk_create(concepts.values())
    narrower = [row for row in rows if row["broader"]]
    for row in narrower:
        concepts[row["code"]].broader = concepts[row["broader"]]
    Concept.objects.bulk_update([concepts[row["code"]] for row in narrower], ["broader"])
    return list(concepts)
