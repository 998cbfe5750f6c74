"""Programmes, their versions and documents: entered and corrected by their institution, their country or the secretariat."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import EDIT_PROGRAMMES, require
from ayni.directory.models import (
    Component,
    Concept,
    Country,
    Institution,
    Programme,
    ProgrammeDocument,
    ProgrammeVersion,
)

TERMS = ("topics", "quadrants", "modalities")
# What says nothing to a reader of the record.
SILENT = ("id", "revision", "programme_id")


@dataclass(frozen=True)
class Terms:
    """What a programme or a component is about, where it stands in the matrix, and how it can be shared."""

    topics: tuple[Concept, ...] = ()
    quadrants: tuple[Concept, ...] = ()
    modalities: tuple[Concept, ...] = ()


@dataclass(frozen=True)
class ProgrammeFacts:
    """What a programme is; dates as far as they are known, `evidence` from 0 to 4 or None."""

    country: Country
    institution: Institution | None
    name: dict[str, str]
    acronym: str = ""
    summary: dict[str, str] | None = None
    began: str = ""
    ended: str = ""
    languages: str = ""
    evidence: int | None = None
    website: str = ""
    contact: str = ""
    contact_email: str = ""
    source: str = ""
    fictional: bool = False
    terms: Terms = Terms()


@dataclass(frozen=True)
class DocumentFacts:
    """A document about a programme or one of its components."""

    title: dict[str, str]
    url: str
    component: Component | None = None
    language: str = ""
    year: int | None = None


@transaction.atomic
def add_programme(*, by: Any, code: str, facts: ProgrammeFacts) -> Programme:
    """A new programme. Raises Refused when the code is taken, the name is missing or the dates are not in order."""
    programme = Programme(code=code)
    _take(programme, facts)
    require_editor(by, programme)
    _check(facts)
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise Refused(_("There is already a programme %(code)s: choose another code.") % {"code": code}) from error
    set_terms(programme, facts.terms)
    record(by=by, verb="programme added", on=programme, after=told(programme, facts.terms))
    return programme


@transaction.atomic
def edit_programme(*, by: Any, programme: Programme, facts: ProgrammeFacts, seen: int | None = None) -> Programme:
    """Correct what a programme is. `seen` is the revision that the person saw: raises Conflict when another stands.

    Raises Refused as `add_programme` does.
    """
    stands = Programme.objects.select_for_update(of=("self",)).select_related("country").get(pk=programme.pk)
    require_editor(by, stands)
    refuse_overtaken(stands, seen)
    _check(facts)
    before = told(stands, terms_of(stands))
    _take(stands, facts)
    require_editor(by, stands)
    stands.revision += 1
    stands.save()
    set_terms(stands, facts.terms)
    record(by=by, verb="programme edited", on=stands, before=before, after=told(stands, facts.terms))
    return stands


@transaction.atomic
def add_version(
    *, by: Any, programme: Programme, number: int, since: str, changes: dict[str, str], source: str
) -> ProgrammeVersion:
    """How the programme was from a date on. Raises Refused when nothing is said to have changed, or the number is taken."""
    require_editor(by, programme)
    _need_text(changes)
    version = ProgrammeVersion(programme=programme, number=number, since=since, changes=changes, source=source)
    _save_once(version, _("There is already a version %(name)s.") % {"name": number})
    record(by=by, verb="version added", on=programme, after=_plain(version))
    return version


@transaction.atomic
def edit_version(*, by: Any, version: ProgrammeVersion, since: str, changes: dict[str, str], source: str) -> None:
    """Correct what is said of a version. Raises Refused when nothing is said to have changed."""
    require_editor(by, version.programme)
    _need_text(changes)
    before = _plain(version)
    version.since, version.changes, version.source = since, changes, source
    version.save()
    record(by=by, verb="version edited", on=version.programme, before=before, after=_plain(version))


@transaction.atomic
def remove_version(*, by: Any, version: ProgrammeVersion) -> None:
    """Take a version away; the record keeps it."""
    require_editor(by, version.programme)
    record(by=by, verb="version removed", on=version.programme, before=_plain(version))
    version.delete()


@transaction.atomic
def add_document(*, by: Any, programme: Programme, facts: DocumentFacts) -> ProgrammeDocument:
    """A document and where it can be read. Raises Refused without a title, or when the address stands already."""
    require_editor(by, programme)
    _need_text(facts.title)
    _refuse_other(programme, facts.component)
    document = ProgrammeDocument(programme=programme, **vars(facts))
    _save_once(document, _("The programme has this document already: %(name)s") % {"name": facts.url})
    record(by=by, verb="document added", on=programme, after=_plain(document))
    return document


@transaction.atomic
def edit_document(*, by: Any, document: ProgrammeDocument, facts: DocumentFacts) -> None:
    """Correct what is said of a document. Raises Refused as `add_document` does."""
    require_editor(by, document.programme)
    _need_text(facts.title)
    _refuse_other(document.programme, facts.component)
    before = _plain(document)
    for field, value in vars(facts).items():
        setattr(document, field, value)
    _save_once(document, _("The programme has this document already: %(name)s") % {"name": facts.url})
    record(by=by, verb="document edited", on=document.programme, before=before, after=_plain(document))


@transaction.atomic
def remove_document(*, by: Any, document: ProgrammeDocument) -> None:
    """Take a document away; the record keeps where it was."""
    require_editor(by, document.programme)
    record(by=by, verb="document removed", on=document.programme, before=_plain(document))
    document.delete()


def require_editor(actor: Any, on: Programme | Component) -> None:
    """Raises PermissionDenied unless the person may edit it (None: the system may)."""
    if actor is not None:
        require(actor, EDIT_PROGRAMMES, on)


def refuse_overtaken(stands: Any, seen: int | None) -> None:
    """Raises Conflict when somebody has changed it since the person saw it."""
    if seen is not None and stands.revision != seen:
        raise Conflict(
            _("Somebody else has saved this in the meantime. Your text is still here: compare it and save again.")
        )


def set_terms(on: Programme | Component, terms: Terms) -> None:
    """Make the terms of `on` just these."""
    for name in TERMS:
        getattr(on, name).set(getattr(terms, name))


def terms_of(on: Programme | Component) -> Terms:
    """The terms that it has."""
    return Terms(*(tuple(getattr(on, name).all()) for name in TERMS))


def told(on: Programme | Component, terms: Terms) -> dict[str, Any]:
    """What the record says of it."""
    codes = {name: sorted(term.code for term in getattr(terms, name)) for name in TERMS}
    return _plain(on) | codes


def _plain(on: models.Model) -> dict[str, Any]:
    return {key: value for key, value in snapshot(on).items() if key not in SILENT}


def _take(programme: Programme, facts: ProgrammeFacts) -> None:
    for field, value in vars(facts).items():
        if field != "terms":
            setattr(programme, field, value or {} if field == "summary" else value)


def _check(facts: ProgrammeFacts) -> None:
    _need_text(facts.name)
    if facts.began and facts.ended and facts.began > facts.ended:
        raise Refused(_("The programme ends before it begins: correct its dates."))
    institution = facts.institution
    if institution is not None and institution.country_id not in (None, facts.country.pk):
        raise Refused(_("The institution belongs to another country than the programme: correct one of the two."))


def _need_text(text: dict[str, str]) -> None:
    if not any(words.strip() for words in text.values()):
        raise Refused(_("Give the text in at least one language."))


def _refuse_other(programme: Programme, component: Component | None) -> None:
    if component is not None and component.programme_id != programme.pk:
        raise Refused(_("The component belongs to another programme: choose one of this programme."))


def _save_once(row: models.Model, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(sentence) from error
