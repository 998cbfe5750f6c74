"""Versions of a vocabulary: what is in force never changes; changes are made in a draft, which then takes its place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_VOCABULARIES, require
from ayni.directory.models import Concept, ConceptScheme, SchemeStatus
from ayni.directory.queries.vocabulary_rows import ConceptRow, usable_scheme_code

SCHEME_FIELDS = ("title", "note", "source", "standing")


@transaction.atomic
def create_vocabulary(*, by: Any, code: str, title: Mapping[str, str]) -> ConceptScheme:
    """A new vocabulary, as a draft without terms. Raises Refused when the code is taken or cannot be one."""
    _require(by)
    if not usable_scheme_code(code):
        raise Refused(_("The code begins with a letter and holds letters without accents, numbers and hyphens."))
    if ConceptScheme.objects.filter(code=code).exists():
        raise Refused(_("There is a vocabulary with the code “%(code)s” already.") % {"code": code})
    scheme = ConceptScheme.objects.create(code=code, title=dict(title))
    record(by=by, verb="vocabulary created", on=scheme, after={"code": code, "title": dict(title)}, public=False)
    return scheme


@transaction.atomic
def draft_version(*, by: Any, code: str) -> ConceptScheme:
    """A draft that begins as a copy of the latest version. Raises Refused when there is a draft already."""
    _require(by)
    latest = ConceptScheme.objects.select_for_update().filter(code=code).order_by("-version").first()
    if latest is None:
        raise Refused(_("There is no vocabulary with the code “%(code)s”.") % {"code": code})
    if latest.status == SchemeStatus.DRAFT:
        raise Refused(_("Version %(number)d is a draft already: change that one.") % {"number": latest.version})
    draft = ConceptScheme.objects.create(
        code=code, version=latest.version + 1, **{name: getattr(latest, name) for name in SCHEME_FIELDS}
    )
    write_concepts(draft, [ConceptRow.of(concept) for concept in latest.concepts.select_related("broader")])
    record(by=by, verb="vocabulary version drafted", on=draft, after={"version": draft.version}, public=False)
    return draft


@transaction.atomic
def describe_vocabulary(
    *, by: Any, scheme: ConceptScheme, title: Mapping[str, str], note: Mapping[str, str], source: str, standing: str
) -> ConceptScheme:
    """Change what a draft says of itself."""
    scheme = locked_draft(by=by, scheme=scheme)
    before = {name: getattr(scheme, name) for name in SCHEME_FIELDS}
    scheme.title, scheme.note, scheme.source, scheme.standing = dict(title), dict(note), source, standing
    scheme.save(update_fields=SCHEME_FIELDS)
    after = {name: getattr(scheme, name) for name in SCHEME_FIELDS}
    record(by=by, verb="vocabulary described", on=scheme, before=before, after=after, public=False)
    return scheme


@transaction.atomic
def put_in_force(*, by: Any, scheme: ConceptScheme) -> ConceptScheme:
    """The draft takes the place of the version in force, which stays for what was made with it. Raises Refused without terms."""
    scheme = locked_draft(by=by, scheme=scheme)
    if not scheme.concepts.filter(retired_on__isnull=True).exists():
        raise Refused(_("The draft has no terms yet: add some before putting it in force."))
    ConceptScheme.objects.filter(code=scheme.code, status=SchemeStatus.CURRENT).update(status=SchemeStatus.SUPERSEDED)
    scheme.status = SchemeStatus.CURRENT
    scheme.save(update_fields=["status"])
    record(by=by, verb="vocabulary put in force", on=scheme, after={"version": scheme.version})
    return scheme


@transaction.atomic
def delete_draft(*, by: Any, scheme: ConceptScheme) -> None:
    """Throw a draft away. Raises Refused for a version that is or was in force."""
    scheme = locked_draft(by=by, scheme=scheme)
    record(by=by, verb="vocabulary draft deleted", on=scheme, before={"version": scheme.version}, public=False)
    scheme.concepts.update(broader=None)
    scheme.concepts.all().delete()
    scheme.delete()


@transaction.atomic
def load_version(*, by: Any, code: str, rows: Sequence[ConceptRow], source: str) -> ConceptScheme:
    """A draft made of the rows of a file (R22). Terms that the file lacks are retired in it, never lost.

    Raises Refused when there is a draft already.
    """
    draft = draft_version(by=by, code=code)
    listed = {row.code for row in rows}
    gone = [
        ConceptRow.of(concept) for concept in draft.concepts.select_related("broader") if concept.code not in listed
    ]
    draft.concepts.update(broader=None)
    draft.concepts.all().delete()
    today = timezone.localdate()
    write_concepts(draft, [*rows, *(row.retired(today) for row in gone)])
    draft.source = source or draft.source
    draft.save(update_fields=["source"])
    after = {"terms": [row.code for row in rows], "retired": [row.code for row in gone], "source": draft.source}
    record(by=by, verb="vocabulary loaded from a file", on=draft, after=after, public=False)
    return draft


def write_concepts(scheme: ConceptScheme, rows: Sequence[ConceptRow]) -> None:
    """The rows as the scheme's terms, in order, each under its broader term."""
    concepts = {
        row.code: Concept(
            scheme=scheme,
            code=row.code,
            label=dict(row.label),
            definition=dict(row.definition),
            position=position,
            source=row.source,
            extra=dict(row.extra),
            retired_on=row.retired_on,
        )
        for position, row in enumerate(rows)
    }
    Concept.objects.bulk_create(concepts.values())
    narrower = [row for row in rows if row.broader in concepts]
    for row in narrower:
        concepts[row.code].broader = concepts[row.broader]
    Concept.objects.bulk_update([concepts[row.code] for row in narrower], ["broader"])


@transaction.atomic
def locked_draft(*, by: Any, scheme: ConceptScheme) -> ConceptScheme:
    """The scheme, held for this transaction. Raises PermissionDenied, or Refused when it is no draft."""
    _require(by)
    scheme = ConceptScheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.status != SchemeStatus.DRAFT:
        raise Refused(_("This version is not a draft and no longer changes. Make a new version and change that."))
    return scheme


def _require(by: Any) -> None:
    if by is not None:
        require(by, EDIT_VOCABULARIES)
