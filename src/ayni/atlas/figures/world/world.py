"""The map: recipients shaded by what they receive, lines for the greatest flows. Each country leads to its own question."""

from dataclasses import replace

from django.utils.translation import gettext as _

from ayni.atlas.figures import geometry
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.render import escape
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.figures.world.amounts import Unit, unit
from ayni.atlas.figures.world.shades import Shades
from ayni.atlas.queries.flows import labels, told
from ayni.atlas.queries.flows.asked import Answer

ARCS, BEND = 24, 0.16
# Where so much of what is received lies in the Americas, they fill the map.
AMERICAS, NEARLY_ALL = "019", 0.9


def draw(answer: Answer, theme: str) -> Drawing:
    received = dict(told.by(answer, "recipient"))
    countries = {code: value for code, value in received.items() if code in geometry.sheet().places}
    amounts = unit(answer, received.values())
    shades = Shades.of(countries.values())
    away = sum(value for code, value in received.items() if code not in countries)
    title, description = (
        _("Where it goes"),
        _("World map: recipients shaded by what they receive, lines for the greatest flows."),
    )
    notes = [amounts.note]
    if away:
        notes.append(
            _("%(amount)s more goes to regions without a country named, or to places that the map does not show.")
            % {"amount": amounts.of(away)}
        )
    notes.append(
        _("The boundaries shown on this map do not imply the expression of any opinion on the status of a territory.")
    )
    return Drawing(
        title=title,
        description=description,
        columns=[_("Recipient"), _("Region"), amounts.words],
        rows=[[answer.party(code), _region(code), amounts.number(value)] for code, value in told.ranked(received)],
        method="cubes",
        svg=_svg(answer, countries, shades, amounts, theme, title, description),
        legend=[("0", _("Nothing"))]
        + [(str(step), _("up to %(amount)s") % {"amount": amounts.of(most)}) for step, _least, most in shades.ranges()],
        notes=notes,
    )


def _region(code: str) -> str:
    return labels.region(labels.region_of(code)) if labels.is_country(code) else ""


def _svg(
    answer: Answer, received: dict[str, float], shades: Shades, amounts: Unit, theme: str, title: str, description: str
) -> str:
    sheet, view, page = geometry.sheet(), _view(received), theme == "page"
    left, top, width, height = view.box
    colour = colour_of(theme)
    line = width / view.across
    parts = []
    for code, place in sheet.places.items():
        step = shades.step(received.get(code, 0.0))
        shape = _shape(place, step, page, line, colour(f"map-{step}"), colour("map-border"))
        parts.append(
            _linked(answer, code, f"{answer.party(code)}: {amounts.of(received[code])}", shape, page)
            if code in received
            else shape
        )
    kind = (
        'class="map__land"'
        if page
        else f'fill="{colour("map-0")}" stroke="{colour("map-border")}" stroke-width="{line * 0.5:.2f}"'
    )
    others = "".join(f'<path d="{path}"/>' for path in sheet.others)
    parts.append(f"<g {kind}>{others}</g>")
    arcs = _arcs(answer, page, line, colour("map-arc"))
    role = f'role="group" aria-label="{escape(title)}"' if page else 'role="img"'
    size = "" if page else f' width="{view.across}" height="{round(view.across * height / width)}"'
    ground = (
        "" if page else f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colour("map-water")}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map map--{view.code}" {role} viewBox="{left} {top} {width} {height}"{size}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{ground}{''.join(parts)}{arcs}</svg>"
    )


def _view(received: dict[str, float]) -> geometry.View:
    """The part of the world that is shown: the Americas where nearly all goes there."""
    whole = sum(value for value in received.values() if value > 0)
    there = sum(
        value for code, value in received.items() if value > 0 and AMERICAS in labels.above(labels.region_of(code))
    )
    return geometry.VIEWS["americas" if there >= NEARLY_ALL * whole else "world"]


def _shape(place: geometry.Place, step: int, page: bool, line: float, fill: str, edge: str) -> str:
    paint = (
        f'class="map__country{f" map__country--{step}" if step else ""}"'
        if page
        else f'fill="{fill}" stroke="{edge}" stroke-width="{line * 0.5:.2f}"'
    )
    path = f'<path {paint} d="{place.path}"/>' if place.path else ""
    if step and (not place.path or place.size < 12):
        x, y = place.point
        return f'{path}<circle {paint} cx="{x:.0f}" cy="{y:.0f}" r="{line * 4:.1f}"/>'
    return path


def _linked(answer: Answer, code: str, words: str, shape: str, page: bool) -> str:
    """In a page a country leads to the same question about itself."""
    told_of = escape(words)
    if not page:
        return f"<g><title>{told_of}</title>{shape}</g>"
    href = escape("?" + replace(answer.asked, recipient=(code,)).address())
    return f'<a href="{href}" aria-label="{told_of}"><title>{told_of}</title>{shape}</a>'


def _arcs(answer: Answer, page: bool, line: float, stroke: str) -> str:
    places = geometry.sheet().places
    flows = [
        (pair, value) for pair, value in answer.pairs.items() if value > 0 and pair[0] in places and pair[1] in places
    ]
    greatest = flows[0][1] if flows else 1.0
    drawn = []
    for (one, other), value in flows[:ARCS]:
        (x0, y0), (x1, y1) = places[one].point, places[other].point
        side = BEND if x1 >= x0 else -BEND
        x, y = (x0 + x1) / 2 + (y1 - y0) * side, (y0 + y1) / 2 - (x1 - x0) * side
        # In a page strokes do not grow with the map.
        wide = (1.0 if page else line) * (0.5 + 2.5 * (value / greatest) ** 0.5)
        paint = "" if page else f' fill="none" stroke="{stroke}"'
        drawn.append(
            f'<path class="map__flow"{paint} stroke-width="{wide:.1f}" d="M{x0:.0f},{y0:.0f}Q{x:.0f},{y:.0f} {x1:.0f},{y1:.0f}"/>'
        )
    return f'<g class="map__arcs">{"".join(drawn)}</g>'
