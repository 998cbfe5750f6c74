"""Table 3: who names whom as a partner, and what that adds up to by region."""

from typing import Any

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.tables.titles import TABLES
from ayni.atlas.reports.document import Cell, Column, Entries, Entry, Row, Table
from ayni.atlas.reports.wording import SIGNS, listed, mark, number, percent, place, years
from ayni.common.i18n import text_in

# More columns than this are unreadable on paper: then one column stands for all institutions of a country.
MOST_COLUMNS = 24
PORTRAIT_COLUMNS = 8


def matrix(atlas: Atlas) -> Table:
    """T3: the partner countries by region, a column for each institution, with subtotals and totals."""
    found = atlas.tables["T3"]
    institutions = found["institutions"]
    if len(institutions) > MOST_COLUMNS:
        return _by_country(atlas)
    columns = [Column(_("Partner country"), weight=2.6)]
    columns += [Column(_heading(atlas, code), "mark", 1) for code in institutions]
    columns.append(Column(_("Institutions"), "number", 0.9))
    rows: list[Row] = []
    for region, members in _regions(atlas).items():
        rows.append(_group(atlas, region))
        for line in members:
            signs: list[Cell] = [_sign(line["marks"].get(code)) for code in institutions]
            rows.append(Row((atlas.name(line["country"]), *signs, number(line["count"]))))
        counts = found["subtotals"][region]
        rows.append(_sum(_("Subtotal"), [counts.get(code, 0) for code in institutions], "subtotal"))
    rows.append(_sum(_("Total"), [found["totals"].get(code, 0) for code in institutions], "total"))
    return Table(
        code="T3",
        title=str(TABLES["T3"]),
        columns=tuple(columns),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=tuple(_notes(atlas)),
        wide=len(institutions) > PORTRAIT_COLUMNS,
    )


def _by_country(atlas: Atlas) -> Table:
    """T3 of a large round: how many institutions of each reporting country name the partner."""
    reporters = atlas.reporters
    columns = [Column(_("Partner country"), weight=2.6)]
    columns += [Column(atlas.name(code), "number", 1) for code in reporters]
    rows: list[Row] = []
    for region, members in _regions(atlas).items():
        rows.append(_group(atlas, region))
        for line in members:
            naming = [atlas.institutions[code]["country"] for code in line["marks"] if code in atlas.institutions]
            rows.append(Row((atlas.name(line["country"]), *(number(naming.count(code)) for code in reporters))))
    totals = atlas.tables["T3"]["by_country"]
    rows.append(Row((_("Partners"), *(number(totals.get(code, 0)) for code in reporters)), "total"))
    return Table(
        code="T3",
        title=_("Partner countries by reporting country: how many of its institutions name them"),
        columns=tuple(columns),
        rows=tuple(rows),
        source=place(atlas, atlas.tables["T3"]["source"]),
        wide=len(reporters) > PORTRAIT_COLUMNS,
    )


def regions(atlas: Atlas) -> Table:
    """T3 summed up: partners by region, their share, and how many partners each reporting country has there."""
    found = atlas.tables["T3"]
    series = {line["country"]: line["counts"] for line in atlas.figures["F5"]["series"]}
    reporters = [code for code in atlas.reporters if code in series]
    columns = [
        Column(_("Region"), weight=2.2),
        Column(_("Partners"), "number", 1),
        Column(_("Share"), "number", 1),
        *(Column(atlas.name(code), "number", 1) for code in reporters),
    ]
    rows = [
        Row(
            (
                text_in(atlas.regions.get(region, region)),
                number(sums["partners"]),
                percent(sums["share"]),
                *(number(series[code].get(region, 0)) for code in reporters),
            )
        )
        for region, sums in sorted(found["regions"].items(), key=lambda item: item[1]["rank"])
    ]
    ends = (number(found["by_country"].get(code, 0)) for code in reporters)
    rows.append(Row((_("Total"), number(found["partners"]), percent(1 if found["partners"] else 0), *ends), "total"))
    return Table(
        code="T3.1",
        title=_("Partners by region and reporting country"),
        columns=tuple(columns),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=(_("A partner that several institutions of a country name counts once for that country."),),
        wide=len(columns) > PORTRAIT_COLUMNS,
    )


def findings(atlas: Atlas) -> Entries:
    """What the matrix says in a few lines."""
    found = atlas.tables["T3"]
    common = atlas.by_name(found["common"])
    entries = [
        Entry(_("Pairs of countries"), number(found["pairs"]).text),
        Entry(_("Partners of every reporting country"), listed(map(atlas.name, common)) or _("none")),
        Entry(_("Partners that only one reporting country names"), number(found["exclusive"]).text),
    ]
    return Entries(tuple(entries))


def _regions(atlas: Atlas) -> dict[str, list[dict[str, Any]]]:
    """{region: its rows in the alphabetical order of the language}, regions without partners left out."""
    rows: dict[str, list[dict[str, Any]]] = {}
    by_country = {row["country"]: row for row in atlas.tables["T3"]["rows"]}
    for country in atlas.by_name(by_country):
        rows.setdefault(by_country[country]["region"], []).append(by_country[country])
    known = [region for region in atlas.regions if region in rows]
    return {region: rows[region] for region in (*known, *sorted(set(rows) - set(known)))}


def _group(atlas: Atlas, region: str) -> Row:
    sums = atlas.tables["T3"]["regions"][region]
    name = text_in(atlas.regions.get(region, region)) or _("Region not stated")
    label = _("%(region)s: %(partners)s partners, %(share)s")
    return Row(
        (label % {"region": name, "partners": number(sums["partners"]).text, "share": percent(sums["share"]).text},),
        "group",
    )


def _sum(label: str, counts: list[int], kind: Any) -> Row:
    return Row((label, *map(number, counts), number(sum(counts))), kind)


def _sign(found: dict[str, Any] | None) -> Cell:
    return mark(found["role"]) if found else ""


def _heading(atlas: Atlas, institution: str) -> str:
    country = atlas.institutions.get(institution, {}).get("country")
    acronym = atlas.acronym(institution)
    return f"{acronym} ({atlas.countries[country]['iso2']})" if country in atlas.countries else acronym


def _notes(atlas: Atlas) -> list[str]:
    roles = {mark.role for mark in atlas.marks}
    names = {
        "unknown": _("cooperation whose direction is not stated"),
        "first-offerer": _("first offerer"),
        "second-offerer": _("second offerer"),
        "recipient": _("recipient"),
        "both": _("offerer and recipient"),
    }
    notes = ["; ".join(f"{sign} {names[role]}" for role, sign in SIGNS.items() if role in roles)]
    said: dict[str, list[str]] = {}
    for code, institution in atlas.institutions.items():
        text = text_in(institution["note"])
        if text:
            said.setdefault(text, []).append(f"{atlas.acronym(code)} {years(institution['period'])}".strip())
    notes += [f"{listed(names)}. {text}" for text, names in said.items()]
    return [note for note in notes if note]
