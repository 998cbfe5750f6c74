"""The facts of the map as a table with its ways on: each partner, who names it, and where that is written."""

from dataclasses import dataclass

from ayni.atlas.figures.question import Question, regions_of, select
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import Link, address, source_of
from ayni.common.i18n import text_in


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner country: `reporters` and `institutions` name it; `sources` are the places where they do."""

    country: Link
    region: str
    reporters: list[Link]
    institutions: list[Link]
    sources: list[Link]


def partner_rows(atlas: Atlas, question: Question) -> list[Partner]:
    """The partners that the question keeps, in the order of the alphabet."""
    marks: dict[str, list[tuple[str, str, str]]] = {}
    for mark in select(atlas, question):
        marks.setdefault(mark.partner, []).append((mark.reporter, mark.institution, mark.source))
    return [_row(atlas, code, marks[code]) for code in atlas.by_name(marks)]


def _row(atlas: Atlas, code: str, marks: list[tuple[str, str, str]]) -> Partner:
    reporters = dict.fromkeys(reporter for reporter, _institution, _source in marks)
    return Partner(
        country={"label": atlas.name(code), "url": address("country", code)},
        region=text_in(atlas.regions.get(regions_of(atlas, code)[0], "")),
        reporters=[{"label": atlas.name(who), "url": address("country", who)} for who in reporters],
        institutions=[
            {"label": atlas.acronym(institution), "url": address("institution", institution)}
            for _reporter, institution, _source in marks
        ],
        sources=[
            source_of(atlas, source) for source in dict.fromkeys(source for _reporter, _institution, source in marks)
        ],
    )
