"""What stands, as the rows of a file: {sheet: {key: cells}}."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from ayni.common.i18n import LANGUAGES
from ayni.directory.models import Component, Programme, ProgrammeDocument, ProgrammeVersion
from ayni.directory.queries.programmes.columns import TABLES, VOCABULARIES, Cells, key_of

Standing = dict[str, dict[tuple[str, ...], Cells]]
Codes = Mapping[int, list[str]]


def standing(programmes: QuerySet[Programme] | None = None) -> Standing:
    """All programmes, or those given, with their versions, components and documents. Twelve queries at most."""
    chosen = Programme.objects.all() if programmes is None else programmes
    pks = list(chosen.values_list("pk", flat=True)) if programmes is not None else None
    rows = {
        "programmes": _programmes(_of(Programme, "pk", pks)),
        "versions": [_version(one) for one in _of(ProgrammeVersion, "programme", pks).select_related("programme")],
        "components": _components(_of(Component, "programme", pks)),
        "documents": [
            _document(one) for one in _of(ProgrammeDocument, "programme", pks).select_related("programme", "component")
        ],
    }
    return {name: {key_of(table, cells): cells for cells in rows[name]} for name, table in TABLES.items()}


def _of(model: Any, field: str, pks: list[int] | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.all()
    return rows if pks is None else rows.filter(**{f"{field}__in": pks})


def _programmes(found: QuerySet[Programme]) -> list[Cells]:
    terms = _terms(Programme, found)
    return [
        {
            "code": one.code,
            "country": one.country_id,
            "institution": one.institution.code if one.institution else "",
            **_texts(one, "name"),
            "acronym": one.acronym,
            **_texts(one, "summary"),
            "began": one.began,
            "ended": one.ended,
            **{column: " ".join(terms[column].get(one.pk, [])) for column in VOCABULARIES},
            "languages": one.languages,
            "evidence": _number(one.evidence),
            "website": one.website,
            "contact": one.contact,
            "contact_email": one.contact_email,
            "source": one.source,
            "fictional": "yes" if one.fictional else "",
        }
        for one in found.select_related("institution").order_by("code")
    ]


def _version(one: ProgrammeVersion) -> Cells:
    return {
        "programme": one.programme.code,
        "number": str(one.number),
        "since": one.since,
        **_texts(one, "changes"),
        "source": one.source,
    }


def _components(found: QuerySet[Component]) -> list[Cells]:
    terms = _terms(Component, found)
    listed = list(found.select_related("programme").order_by("programme__code", "position", "code"))
    needs: dict[int, list[str]] = defaultdict(list)
    rows = found.filter(needs__isnull=False).values_list(
        "pk", "programme", "needs__code", "needs__programme__code", "needs__programme"
    )
    for pk, programme, code, other, other_pk in rows:
        needs[pk].append(code if programme == other_pk else f"{other}/{code}")
    return [
        {
            "programme": one.programme.code,
            "code": one.code,
            "position": str(one.position),
            "version": str(one.version),
            **_texts(one, "name"),
            **_texts(one, "description"),
            **{column: " ".join(terms[column].get(one.pk, [])) for column in VOCABULARIES},
            "needs": " ".join(sorted(needs[one.pk])),
            **_texts(one, "prerequisites"),
            "evidence": _number(one.evidence),
            **{
                name: text
                for stem in ("evidence_note", "materials", "legal_base", "cost_drivers")
                for name, text in _texts(one, stem).items()
            },
            "languages": one.languages,
            "retired": "yes" if one.retired else "",
        }
        for one in listed
    ]


def _document(one: ProgrammeDocument) -> Cells:
    return {
        "programme": one.programme.code,
        "url": one.url,
        "component": one.component.code if one.component else "",
        **_texts(one, "title"),
        "language": one.language,
        "year": _number(one.year),
    }


def _texts(one: Any, stem: str) -> dict[str, str]:
    value = getattr(one, stem)
    return {f"{stem}_{code}": value.get(code, "") for code in LANGUAGES}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _terms(model: Any, found: QuerySet[Any]) -> dict[str, Codes]:
    """{column: {row: codes in order}}: a query for each vocabulary."""
    return {column: _codes(found, column) for column in VOCABULARIES}


def _codes(found: QuerySet[Any], column: str) -> Codes:
    codes: dict[int, list[str]] = defaultdict(list)
    rows: Iterable[tuple[int, str]] = found.filter(**{f"{column}__isnull": False}).values_list("pk", f"{column}__code")
    for pk, code in rows:
        codes[pk].append(code)
    return {pk: sorted(set(listed)) for pk, listed in codes.items()}
