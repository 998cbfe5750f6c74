"""The terms of a draft vocabulary: added, changed, moved, retired; removed only while nothing uses them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.directory.actions.vocabulary_versions import locked_draft
from ayni.directory.models import Concept, ConceptScheme
from ayni.directory.queries.vocabulary_rows import ConceptRow, fingerprint, usable_concept_code


@transaction.atomic
def add_concept(*, by: Any, scheme: ConceptScheme, row: ConceptRow) -> Concept:
    """A new term at the end. Raises Refused when its code is taken or cannot be one, or its broader term is unknown."""
    scheme = locked_draft(by=by, scheme=scheme)
    if not usable_concept_code(row.code):
        raise Refused(_("The code has up to 60 letters without accents, numbers, hyphens and underscores."))
    if scheme.concepts.filter(code=row.code).exists():
        raise Refused(_("The vocabulary has a term with the code “%(code)s” already.") % {"code": row.code})
    last = scheme.concepts.aggregate(last=Max("position"))["last"]
    concept = Concept.objects.create(
        scheme=scheme,
        code=row.code,
        label=dict(row.label),
        definition=dict(row.definition),
        source=row.source,
        broader=_broader(scheme, row),
        position=0 if last is None else last + 1,
    )
    record(by=by, verb="term added", on=concept, after=snapshot(concept), public=False)
    return concept


@transaction.atomic
def change_concept(*, by: Any, concept: Concept, row: ConceptRow, seen: str) -> Concept:
    """New texts, source or broader term; the code stays.

    `seen` is the `fingerprint` of the term that the person had before them. Raises Conflict when it has changed since.
    """
    scheme = locked_draft(by=by, scheme=concept.scheme)
    concept = scheme.concepts.select_related("broader").get(pk=concept.pk)
    if fingerprint(ConceptRow.of(concept)) != seen:
        raise Conflict(
            _("Somebody else changed this term in the meantime. Look at it as it is now and change it again.")
        )
    before = snapshot(concept)
    concept.label, concept.definition, concept.source = dict(row.label), dict(row.definition), row.source
    concept.broader = _broader(scheme, row)
    concept.save(update_fields=["label", "definition", "source", "broader"])
    record(by=by, verb="term changed", on=concept, before=before, after=snapshot(concept), public=False)
    return concept


@transaction.atomic
def move_concept(*, by: Any, concept: Concept, up: bool) -> None:
    """Change places with the term before or after; nothing happens at the ends."""
    scheme = locked_draft(by=by, scheme=concept.scheme)
    terms = list(scheme.concepts.order_by("position", "code"))
    at = next(place for place, term in enumerate(terms) if term.pk == concept.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(terms):
        return
    terms[at], terms[other] = terms[other], terms[at]
    for position, term in enumerate(terms):
        term.position = position
    Concept.objects.bulk_update(terms, ["position"])
    record(by=by, verb="terms reordered", on=scheme, after={"order": [term.code for term in terms]}, public=False)


@transaction.atomic
def retire_concept(*, by: Any, concept: Concept, retired: bool) -> Concept:
    """Offer the term no longer, or again. What uses it keeps it."""
    scheme = locked_draft(by=by, scheme=concept.scheme)
    concept = scheme.concepts.get(pk=concept.pk)
    before = snapshot(concept)
    concept.retired_on = timezone.localdate() if retired else None
    concept.save(update_fields=["retired_on"])
    verb = "term retired" if retired else "term taken up again"
    record(by=by, verb=verb, on=concept, before=before, after=snapshot(concept), public=False)
    return concept


@transaction.atomic
def remove_concept(*, by: Any, concept: Concept) -> None:
    """Delete a term of a draft that nothing uses and no earlier version had. Raises Refused: retire it instead."""
    scheme = locked_draft(by=by, scheme=concept.scheme)
    earlier = Concept.objects.filter(scheme__code=scheme.code, code=concept.code).exclude(scheme=scheme)
    refusal = Refused(_("“%(term)s” is in use or was in an earlier version: retire it instead.") % {"term": concept})
    if earlier.exists():
        raise refusal
    record(by=by, verb="term removed", on=concept, before=snapshot(concept), public=False)
    try:
        concept.delete()
    except ProtectedError:
        raise refusal from None


def _broader(scheme: ConceptScheme, row: ConceptRow) -> Concept | None:
    if not row.broader:
        return None
    parents: Mapping[str, Concept] = {term.code: term for term in scheme.concepts.select_related("broader")}
    above: Concept | None = parents.get(row.broader)
    if above is None:
        raise Refused(_("There is no term with the code “%(code)s” to stand above.") % {"code": row.broader})
    while above is not None:
        if above.code == row.code:
            raise Refused(_("A term cannot stand below itself."))
        above = parents[above.broader.code] if above.broader else None
    return parents[row.broader]
