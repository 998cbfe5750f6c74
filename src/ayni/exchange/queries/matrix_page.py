"""The matrix in words and addresses: each number with the way to what lies behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import text_in
from ayni.directory.models import Concept, Country, Region
from ayni.exchange.models import MatrixQuadrant
from ayni.exchange.queries.matrix import Asked, Heading, Sheet, headings
from ayni.exchange.queries.matrix_counts import DEMAND, SUPPLY, WITHOUT, Counts
from ayni.methods.advantage import Balance

MOST_NAMED = 8
KINDS: Mapping[str, Promise] = {
    "gap": gettext_lazy("gap"),
    "surplus": gettext_lazy("surplus"),
    "even": gettext_lazy("even"),
    "empty": gettext_lazy("none"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Supply and demand of a cell, and where each is listed."""

    supply: int
    demand: int
    kind: str
    supply_url: str
    demand_url: str

    @property
    def word(self) -> str:
        return str(KINDS[self.kind])

    @property
    def size(self) -> int:
        """How wide the gap or the surplus is."""
        return abs(self.supply - self.demand)


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    label: str
    cells: Sequence[Cell]
    total: Cell


@dataclass(frozen=True, slots=True)
class QuadrantShown:
    """A quadrant of the version in force with what is offered and asked for in it. `lies_over`: it has no place on the axes."""

    quadrant: MatrixQuadrant
    cell: Cell | None

    @property
    def lies_over(self) -> bool:
        return not (self.quadrant.column and self.quadrant.row)


@dataclass(frozen=True, slots=True)
class Figure:
    """The quadrants in their places: the words of the columns, the rows with theirs, and what lies over all."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[QuadrantShown]]]
    over: Sequence[QuadrantShown]

    @property
    def is_square(self) -> bool:
        """Whether it can be drawn as two by two."""
        return len(self.columns) == len(self.rows) == 2 and all(len(row) == 2 for _label, row in self.rows)


@dataclass(frozen=True, slots=True)
class Named:
    """A cell of the table in words."""

    topic: str
    modality: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page of the matrix shows, and its files."""

    quadrants: Sequence[QuadrantShown]
    figure: Figure
    columns: Sequence[Heading]
    rows: Sequence[Row]
    foot: Sequence[Cell]
    total: Cell
    gaps: Sequence[Named]
    surpluses: Sequence[Named]
    countries: Sequence[tuple[str, str, Cell]]
    fictional: bool


def matrix_page(seen: Sheet, quadrants: Sequence[MatrixQuadrant], asked: Asked) -> Page:
    """What `seen` holds, by quadrant, by topic and modality, and by country. Three queries."""
    cells, topics, modalities = seen.cells, seen.by("topic"), seen.by("modality")
    rows = _named(headings("topics", _first(topics)), _("Without a topic"))
    columns = _named(headings("modalities", _first(modalities)), _("Without a modality"))
    table = [
        Row(
            row.code,
            row.label,
            [_cell(cells.of(row.code, column.code), asked, topic=row.code, modality=column.code) for column in columns],
            _cell(topics.of(row.code), asked, topic=row.code),
        )
        for row in rows
    ]
    shown = _quadrants(seen.by("quadrant"), quadrants, asked)
    return Page(
        quadrants=shown,
        figure=figure_of(shown),
        columns=columns,
        rows=table,
        foot=[_cell(modalities.of(column.code), asked, modality=column.code) for column in columns],
        total=_cell(seen.total, asked),
        gaps=_far(cells, rows, columns, asked, "gap"),
        surpluses=_far(cells, rows, columns, asked, "surplus"),
        countries=_countries(seen.by("country"), asked),
        fictional=seen.fictional,
    )


def figure_of(shown: Sequence[QuadrantShown]) -> Figure:
    """Each quadrant in its place on the axes, in the language of the page."""
    placed = [one for one in shown if not one.lies_over]
    rows: dict[str, list[QuadrantShown]] = {}
    for one in placed:
        rows.setdefault(text_in(one.quadrant.row), []).append(one)
    return Figure(
        columns=list(dict.fromkeys(text_in(one.quadrant.column) for one in placed)),
        rows=list(rows.items()),
        over=[one for one in shown if one.lies_over],
    )


def behind_url(asked: Asked, **place: str) -> str:
    """The address of what lies behind a number."""
    return f"{reverse('matrix_behind')}?{urlencode(asked.parts() | place)}"


def in_words(place: Mapping[str, str], asked: Asked, quadrants: Iterable[MatrixQuadrant]) -> list[dict[str, str]]:
    """The question of an address, part by part, in the language of the page: the rows of a list of facts."""
    found = []
    if asked.region:
        scheme, _separator, code = asked.region.partition(":")
        region = Region.objects.filter(scheme=scheme, code=code).first()
        found.append({"term": _("Region"), "value": str(region or code)})
    if "country" in place:
        country = Country.objects.filter(pk=place["country"]).first()
        found.append({"term": _("Country"), "value": str(country or _("No country: an international institution"))})
    if "quadrant" in place:
        named = {row.quadrant.code: str(row) for row in quadrants}
        found.append({"term": _("Quadrant"), "value": named.get(place["quadrant"], _("Without a quadrant"))})
    for by, scheme, term, without in (
        ("topic", "topics", _("Topic"), _("Without a topic")),
        ("modality", "modalities", _("Modality"), _("Without a modality")),
    ):
        if by in place:
            concept = Concept.objects.current(scheme).filter(code=place[by]).first()
            found.append({"term": term, "value": without if place[by] == WITHOUT else str(concept or place[by])})
    return found


def _quadrants(counts: Counts, quadrants: Sequence[MatrixQuadrant], asked: Asked) -> list[QuadrantShown]:
    return [
        QuadrantShown(row, _cell(counts.of(row.quadrant.code), asked, quadrant=row.quadrant.code)) for row in quadrants
    ]


def _cell(balance: Balance[tuple[str, ...]] | Balance[str], asked: Asked, **place: str) -> Cell:
    supply, demand = int(balance.supply or 0), int(balance.demand or 0)
    return Cell(
        supply=supply,
        demand=demand,
        kind=balance.kind,
        supply_url=behind_url(asked, **place, side=SUPPLY) if supply else "",
        demand_url=behind_url(asked, **place, side=DEMAND) if demand else "",
    )


def _far(cells: Counts, rows: Sequence[Heading], columns: Sequence[Heading], asked: Asked, kind: str) -> list[Named]:
    """The cells with the widest gap or surplus, where topic and modality are told."""
    topics = {row.code: row.label for row in rows}
    modalities = {column.code: column.label for column in columns}
    balances = [one for one in cells.balances() if one.kind == kind and WITHOUT not in one.cell]
    ordered = balances if kind == "gap" else balances[::-1]
    return [
        Named(
            topics[one.cell[0]],
            modalities[one.cell[1]],
            _cell(one, asked, topic=one.cell[0], modality=one.cell[1]),
        )
        for one in ordered[:MOST_NAMED]
    ]


def _countries(counts: Counts, asked: Asked) -> list[tuple[str, str, Cell]]:
    """(code, name, cell) of each country that offers or asks, by name; international institutions last."""
    codes = _first(counts)
    names = {country.pk: text_in(country.name) for country in Country.objects.filter(pk__in=codes)}
    names[WITHOUT] = _("International institutions")
    ordered = sorted(codes, key=lambda code: (code == WITHOUT, names[code]))
    return [(code, names[code], _cell(counts.of(code), asked, country=code)) for code in ordered]


def _first(counts: Counts) -> list[str]:
    return sorted({place[0] for place in (*counts.supply, *counts.demand)})


def _named(found: Sequence[Heading], without: str) -> list[Heading]:
    return [heading if heading.label else Heading(heading.code, without) for heading in found]
