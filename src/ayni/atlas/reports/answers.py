"""Tables about who answered what: agencies involved, coverage of the questionnaire, the questionnaire itself."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.tables.titles import TABLES
from ayni.atlas.reports.document import Cell, Column, Row, Table
from ayni.atlas.reports.wording import listed, number, percent, place
from ayni.common.i18n import text_in

# With more respondents, T13 counts them instead of naming each.
MOST_RESPONDENTS = 8


def agencies(atlas: Atlas) -> Table:
    """T4: a group for each respondent, or for a country's respondents where the source merges them."""
    found = atlas.tables["T4"]
    roles = atlas.content["concepts"]["agency-roles"]
    rows: list[Row] = []
    for line in found["rows"]:
        who = listed(map(atlas.acronym, line["respondents"]))
        rows.append(Row((f"{atlas.name(line['country'])}: {who}",), "group"))
        for scope, label in (("national", _("National")), ("international", _("International"))):
            for agency in line[scope]:
                role = roles.get(agency["role"] or "", {}).get("label", "")
                rows.append(Row((_agency(agency), label, text_in(role))))
    return Table(
        code="T4",
        title=str(TABLES["T4"]),
        columns=(Column(_("Agency"), weight=2.4), Column(_("Scope"), weight=0.9), Column(_("Role"), weight=1.3)),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=(_("The role is empty where the source does not state it."),),
    )


def coverage(atlas: Atlas) -> Table:
    """T13: how each respondent's answer to each question is known."""
    found = atlas.tables["T13"]
    if len(found["rows"]) > MOST_RESPONDENTS:
        return _counted_coverage(atlas)
    states = _states()
    rows = [
        Row((_question(question), *(states[line["answered"][question["code"]]] for line in found["rows"])))
        for question in found["questions"]
    ]
    shares = (percent(line["share"]) for line in found["rows"])
    rows.append(Row((_("Share of the questions covered"), *shares), "total"))
    columns = (Column(atlas.acronym(line["institution"]), weight=1) for line in found["rows"])
    return _coverage(atlas, (Column(_("Question"), weight=3.2), *columns), rows)


def _counted_coverage(atlas: Atlas) -> Table:
    """T13 of a large round: how many respondents are in each state for each question."""
    found = atlas.tables["T13"]
    states = _states()
    rows = []
    for question in found["questions"]:
        counts = Counter(line["answered"][question["code"]] for line in found["rows"])
        cells: list[Cell] = [number(counts[state]) for state in states]
        rows.append(Row((_question(question), *cells)))
    columns = (Column(label, "number", 1) for label in states.values())
    return _coverage(atlas, (Column(_("Question"), weight=3.2), *columns), rows)


def _coverage(atlas: Atlas, columns: tuple[Column, ...], rows: list[Row]) -> Table:
    return Table(
        code="T13",
        title=str(TABLES["T13"]),
        columns=columns,
        rows=tuple(rows),
        source=place(atlas, atlas.tables["T13"]["source"]),
        notes=(
            _("Coded: only the category of the answer is known. Joint: known only for several respondents together."),
        ),
    )


def questionnaire(atlas: Atlas) -> Table:
    """The annex: the questions that were asked."""
    questions = atlas.tables["T13"]["questions"]
    return Table(
        code="A1",
        title=text_in(atlas.round["instrument"]["title"]),
        columns=(Column(_("No.")), Column(_("Question"), weight=1)),
        rows=tuple(Row((question["number"] or "", text_in(question["label"]))) for question in questions),
        source=place(atlas, "Section VI, Annex"),
    )


def _states() -> dict[str, str]:
    return {
        "answered": pgettext("state of a question", "Answered"),
        "coded": pgettext("state of a question", "Coded"),
        "together": pgettext("state of a question", "Joint"),
        "missing": pgettext("state of a question", "Missing"),
    }


def _question(question: dict[str, Any]) -> str:
    return " ".join(word for word in (question["number"], text_in(question["label"])) if word)


def _agency(agency: dict[str, Any]) -> str:
    name = text_in(agency["name"]) or agency["institution"] or ""
    acronym = agency.get("acronym", "")
    return f"{name} ({acronym})" if acronym and acronym not in name else name
