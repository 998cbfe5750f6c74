"""Vocabularies as pages show them: versions, terms, where they are used, what differs between two versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES, text_in
from ayni.common.permissions import EDIT_VOCABULARIES, READ_DRAFTS, may
from ayni.common.sheets.lines import FieldChange, FileLine
from ayni.directory.models import Concept, ConceptScheme, SchemeStatus
from ayni.directory.queries.vocabulary_rows import ConceptRow, TermsRead


@dataclass(frozen=True)
class TermShown:
    """A term of a version with how often other tables use it, and how deep below others it stands."""

    concept: Concept
    uses: int
    depth: int
    texts: Mapping[str, str] = field(default_factory=dict)


def vocabularies(user: Any) -> QuerySet[ConceptScheme]:
    """The versions in force with their number of `terms`; drafts too for those who may see them."""
    seen = Q(status=SchemeStatus.CURRENT)
    if sees_drafts(user):
        seen |= Q(status=SchemeStatus.DRAFT)
    offered = Count("concepts", filter=Q(concepts__retired_on__isnull=True))
    return ConceptScheme.objects.filter(seen).annotate(terms=offered).order_by("code", "-version")


def sees_drafts(user: Any) -> bool:
    """Whether this person sees drafts of vocabularies."""
    return may(user, EDIT_VOCABULARIES) or may(user, READ_DRAFTS)


def scheme_for(user: Any, code: str, version: int | None = None) -> ConceptScheme:
    """That version of a vocabulary, or the one in force (the latest where none is). Raises Http404."""
    schemes = list(ConceptScheme.objects.filter(code=code).order_by("-version"))
    if not sees_drafts(user):
        schemes = [scheme for scheme in schemes if scheme.status != SchemeStatus.DRAFT]
    if version is not None:
        schemes = [scheme for scheme in schemes if scheme.version == version]
    current = [scheme for scheme in schemes if scheme.status == SchemeStatus.CURRENT]
    if not schemes:
        raise Http404(_("There is no such vocabulary."))
    return (current or schemes)[0]


def rows_of(scheme: ConceptScheme) -> list[ConceptRow]:
    """The terms of a version in order."""
    return [
        ConceptRow.of(concept) for concept in scheme.concepts.select_related("broader").order_by("position", "code")
    ]


def terms_shown(scheme: ConceptScheme) -> list[TermShown]:
    """The terms of a version in order, with their uses."""
    concepts = list(scheme.concepts.order_by("position", "code"))
    by_pk = {concept.pk: concept for concept in concepts}
    uses = _uses(scheme)
    return [TermShown(concept, uses.get(concept.pk, 0), _depth(concept, by_pk)) for concept in concepts]


def users_of(scheme: ConceptScheme) -> list[str]:
    """What uses the version as a whole, each in words: "Question: 3"."""
    found = []
    for relation in _relations(ConceptScheme):
        count = relation.related_model.objects.filter(**{relation.field.name: scheme}).count()
        if count:
            found.append(f"{relation.related_model._meta.verbose_name}: {count}")
    return found


def _depth(concept: Concept, by_pk: Mapping[int, Concept]) -> int:
    depth = 0
    above = by_pk.get(concept.broader_id or 0)
    while above is not None and depth < 5:
        above = by_pk.get(above.broader_id or 0)
        depth += 1
    return depth


def _uses(scheme: ConceptScheme) -> dict[int, int]:
    """{number of a term: rows of other tables that name it}, in one query however many tables there are."""
    first, *others = [
        relation.related_model.objects.filter(**{f"{relation.field.name}__scheme": scheme})
        .order_by()
        .values_list(relation.field.name)
        .annotate(rows=Count("pk"))
        for relation in _relations(Concept)
    ]
    counted: dict[int, int] = {}
    for pk, count in first.union(*others, all=True):
        counted[pk] = counted.get(pk, 0) + count
    return counted


def _relations(model: type[Concept] | type[ConceptScheme]) -> list[Any]:
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.one_to_many and relation.related_model is not Concept
    ]


def differences(before: Iterable[ConceptRow], after: Iterable[ConceptRow]) -> list[FileLine]:
    """What `after` has that `before` had not, term by term, then what it retires or lacks."""
    old = {row.code: row for row in before if row.retired_on is None}
    new = {row.code: row for row in after if row.retired_on is None}
    lines = [_line(number, row, old.get(row.code)) for number, row in enumerate(new.values(), 1)]
    return lines + [FileLine("–", "removed", _what(row)) for code, row in old.items() if code not in new]


def loading(scheme: ConceptScheme | None, read: TermsRead) -> list[FileLine]:
    """What a file would make of a vocabulary, line by line."""
    old = {row.code: row for row in rows_of(scheme) if row.retired_on is None} if scheme else {}
    lines = [_line(number, row, old.get(row.code)) for number, row in read.rows]
    refused = {problem.number for problem in read.problems}
    lines = [line for line in lines if line.number not in refused]
    lines += [FileLine(problem.number, "refused", problem.code or "?", (), problem.reason) for problem in read.problems]
    listed = {row.code for _number, row in read.rows} | {problem.code for problem in read.problems}
    lines.sort(key=lambda line: int(line.number))
    return lines + [FileLine("–", "removed", _what(row)) for code, row in old.items() if code not in listed]


def _line(number: int, row: ConceptRow, before: ConceptRow | None) -> FileLine:
    if before is None:
        return FileLine(number, "new", _what(row))
    changes = tuple(_changes(before, row))
    return FileLine(number, "changed" if changes else "unchanged", _what(row), changes)


def _what(row: ConceptRow) -> str:
    return _("%(label)s (%(code)s)") % {"label": text_in(row.label), "code": row.code}


def _changes(before: ConceptRow, after: ConceptRow) -> Iterator[FieldChange]:
    for name, old, new in (
        (_("Label"), before.label, after.label),
        (_("Definition"), before.definition, after.definition),
    ):
        for code in LANGUAGES:
            if old.get(code, "") != new.get(code, ""):
                yield FieldChange(f"{name} ({code})", old.get(code, ""), new.get(code, ""))
    for name, was, becomes in (
        (_("Broader term"), before.broader, after.broader),
        (_("Source"), before.source, after.source),
        (_("Further codes"), _plain(before.extra), _plain(after.extra)),
    ):
        if was != becomes:
            yield FieldChange(name, was, becomes)


def _plain(extra: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in sorted(extra.items()))
