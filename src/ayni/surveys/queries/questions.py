"""The questions of a version as they are put to one institution, with the names that answers refer to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ayni.common.i18n import text_in
from ayni.directory.models import Concept, Country, Institution
from ayni.surveys.formats.answer_question import Asked, Directory
from ayni.surveys.formats.spec import Kind
from ayni.surveys.models import InstrumentVersion, Question

COOPERATION_ROLES = "cooperation-roles"
MOST_SUGGESTIONS = 200


@dataclass(frozen=True, kw_only=True)
class AskedQuestion(Asked):
    """A question with its row and the terms of its vocabulary."""

    row: Question
    terms: Mapping[str, Concept] = field(default_factory=dict)

    @property
    def suggested_institutions(self) -> list[str]:
        """Names to choose from where an institution is asked for, as many as a page can carry."""
        names = self.directory.institutions
        return [text_in(text) for text in names.values()][:MOST_SUGGESTIONS]


def asked_questions(
    version: InstrumentVersion, institution: Institution | None = None, *, only: Collection[str] | None = None
) -> dict[str, AskedQuestion]:
    """{code: question} in order, put to `institution` (None: to nobody in particular).

    Six queries at most; with `only`, a collection of codes, just what these questions need is read.
    """
    chosen = version.questions.all() if only is None else version.questions.filter(code__in=only)
    rows = list(chosen.select_related("section").order_by("position"))
    directory = read_directory(rows)
    concepts = _concepts({row.scheme_id for row in rows if row.scheme_id})
    return {row.code: _asked(row, concepts.get(row.scheme_id or 0, {}), directory, institution) for row in rows}


def _asked(
    row: Question, terms: Mapping[str, Concept], directory: Directory, institution: Institution | None
) -> AskedQuestion:
    return AskedQuestion(
        code=row.code,
        kind=Kind(row.kind),
        label=row.label,
        number=row.number,
        required=row.required,
        options=row.options,
        concepts={code: term.label for code, term in terms.items()},
        retired=frozenset(code for code, term in terms.items() if term.retired_on),
        directory=directory,
        own_country=(institution.country_id or "") if institution else "",
        row=row,
        terms=terms,
    )


def read_directory(rows: list[Question]) -> Directory:
    """The names that the answers to these questions may refer to; those that none needs are not read."""
    kinds = {row.kind for row in rows}
    asks_countries, asks_institutions = Kind.COUNTRIES in kinds, Kind.INSTITUTIONS in kinds
    return Directory(
        countries=dict(Country.objects.order_by("iso3").values_list("iso3", "name")) if asks_countries else {},
        institutions=institution_names() if asks_institutions else {},
        roles=dict(Concept.objects.current(COOPERATION_ROLES).values_list("code", "label")) if asks_countries else {},
    )


def institution_names() -> dict[str, dict[str, str]]:
    """{code: {language: "Name (ACRONYM)"}} of every institution, by its latest name."""
    named = {}
    for institution in Institution.objects.prefetch_related("names"):
        latest = institution.latest_name
        acronym = latest.acronym if latest else ""
        named[institution.code] = {
            lang: f"{text} ({acronym})" if acronym and acronym != text else text
            for lang, text in institution.name.items()
        }
    return dict(sorted(named.items(), key=lambda item: text_in(item[1]).casefold()))


def _concepts(schemes: set[int]) -> dict[int, dict[str, Concept]]:
    """The terms of the vocabularies, retired ones too, in order."""
    found: dict[int, dict[str, Concept]] = {}
    if not schemes:
        return found
    for concept in Concept.objects.filter(scheme__in=schemes).order_by("position"):
        found.setdefault(concept.scheme_id, {})[concept.code] = concept
    return found
