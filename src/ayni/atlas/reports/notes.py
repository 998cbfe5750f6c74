"""What a reader must know beside the tables: data quality, method, change since the edition before."""

from typing import Any

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports.document import Block, Cell, Column, Entries, Entry, Number, Paragraph, Row, Section, Table
from ayni.atlas.reports.wording import listed, number, place
from ayni.common.i18n import text_in


def quality(atlas: Atlas) -> Section:
    """The notes on data quality, and each declaration of one side alone by name."""
    found = atlas.content["quality"]
    unilateral = [
        _("%(one)s declares %(other)s; %(other)s does not declare %(one)s.")
        % {"one": atlas.name(declaring), "other": atlas.name(declared)}
        for declaring, declared in found["unilateral"]
    ]
    entries = [Entry("", text_in(note["text"]), place(atlas, note["source"])) for note in found["notes"]]
    entries += [Entry("", sentence, place(atlas, atlas.tables["T3"]["source"])) for sentence in unilateral]
    coverage = Table(
        code="Q1",
        title=_("Responses behind this edition"),
        columns=(Column(_("Step"), weight=2), Column(_("Institutions"), "number", 1)),
        rows=tuple(
            Row((label, number(found[key])))
            for key, label in (
                ("invited", _("Invited")),
                ("responses", _("Responses received")),
                ("validated", _("Validated by the institution, and counted here")),
            )
        ),
        source="",
    )
    return Section("quality", "", _("Data quality"), (Entries(tuple(entries)), coverage))


def method(atlas: Atlas) -> Section:
    notes = (Entry(text_in(note["title"]), text_in(note["text"])) for note in atlas.content["method"])
    return Section("method", "", _("Method"), (Entries(tuple(notes)),))


def change(atlas: Atlas) -> Section:
    """What changed since the edition before, among the countries that reported in both."""
    found = atlas.content["change"]
    title = _("Change since the previous edition")
    if found is None:
        return Section("change", "", title, (Paragraph(_("This is the first edition: there is none before it.")),))
    blocks: list[Block] = [
        Paragraph(_("Compared with the edition %(code)s.") % {"code": found["previous"]}),
        _before_and_after(atlas, found),
        Entries(tuple(_movements(atlas, found))),
    ]
    return Section("change", "", title, tuple(blocks))


def _before_and_after(atlas: Atlas, found: dict[str, Any]) -> Table:
    rows = [
        _pair(_("Partner countries"), found["total"], 0),
        _pair(_("Pairs of countries"), found["pairs"], 0),
    ]
    for code in atlas.by_name(found["by_country"]):
        rows.append(_pair(_("Partners of %(country)s") % {"country": atlas.name(code)}, found["by_country"][code], 0))
    for code in atlas.by_name(found["hhi"]):
        rows.append(
            _pair(_("Concentration (HHI) of %(country)s") % {"country": atlas.name(code)}, found["hhi"][code], 4)
        )
    return Table(
        code="C1",
        title=_("Before and after"),
        columns=(
            Column(_("Measure"), weight=2.4),
            Column(_("Before"), "number", 1),
            Column(_("Now"), "number", 1),
            Column(_("Difference"), "number", 1),
        ),
        rows=tuple(rows),
        source="",
        notes=(_("Measures by country only for the countries that reported in both editions."),),
    )


def _pair(label: str, values: list[float | None], digits: int) -> Row:
    before, after = values
    cells: list[Cell] = ["" if value is None else number(value, digits) for value in values]
    if before is None or after is None:
        return Row((label, *cells, ""))
    difference = number(round(after - before, digits), digits)
    if difference.value > 0:
        difference = Number(difference.value, f"+{difference.text}", digits)
    return Row((label, *cells, difference))


def _movements(atlas: Atlas, found: dict[str, Any]) -> list[Entry]:
    reporters, partners = found["reporters"], found["partners"]
    said = (
        (_("Reported only before"), reporters["only_before"]),
        (_("Reported only now"), reporters["only_after"]),
        (_("New partners"), partners["added"]),
        (_("No longer named"), partners["gone"]),
        (_("Named in both"), partners["stayed"]),
    )
    return [Entry(label, listed(map(atlas.name, atlas.by_name(codes))) or _("none")) for label, codes in said]
