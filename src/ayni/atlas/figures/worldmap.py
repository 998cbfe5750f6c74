"""F4, the map of partners: SVG of our own, because each country has to be a link that the keyboard reaches.

Countries are shaded by the number of reporting countries that name them; reporters are outlined; lines join who names
whom. Small islands are circles, moved apart from one another where they would overlap, and tied to their place.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.figures import geometry
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.geometry import Place, Point, View
from ayni.atlas.figures.mapwords import description, legend, notes, title
from ayni.atlas.figures.question import Question, select
from ayni.atlas.figures.render import escape
from ayni.atlas.figures.steps import Steps, steps_for
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.queries.facts import Atlas, Mark
from ayni.atlas.queries.links import address
from ayni.common.i18n import text_in

# A place whose size is below this part of a target is drawn as a circle.
TINY = 0.28
BEND = 0.16


@dataclass(frozen=True, slots=True)
class Named:
    """What the chosen marks say of a country."""

    institutions: list[str]
    reporters: list[str]


def draw(atlas: Atlas, question: Question, theme: str) -> Drawing:
    marks = select(atlas, question)
    view = geometry.VIEWS[question.view or "world"]
    named = named_by(marks)
    steps = steps_for(len(names.reporters) for names in named.values())
    heading = title(atlas, question)
    told = description(atlas, marks, named)
    canvas = _Canvas(atlas, question, theme, view, named, steps)
    return Drawing(
        title=heading,
        description=told,
        columns=[_("Partner"), _("Region"), _("Reporting countries"), _("Institutions that name it")],
        rows=rows(atlas, named),
        method="partner-matrix",
        svg=canvas.svg(marks, heading, told),
        legend=legend(atlas, marks, steps),
        notes=notes(atlas, question, marks, view),
    )


def named_by(marks: list[Mark]) -> dict[str, Named]:
    """{partner: who names it}, each institution and reporting country once."""
    found: dict[str, Named] = {}
    for mark in marks:
        names = found.setdefault(mark.partner, Named([], []))
        if mark.institution not in names.institutions:
            names.institutions.append(mark.institution)
        if mark.reporter not in names.reporters:
            names.reporters.append(mark.reporter)
    return found


def rows(atlas: Atlas, named: dict[str, Named]) -> list[list[object]]:
    """The map's facts as a table, in the order of the regions and then of the alphabet."""
    place = {code: position for position, code in enumerate(atlas.regions)}
    ordered = sorted(atlas.by_name(named), key=lambda code: place.get(atlas.countries[code]["region"], 99))
    return [
        [
            atlas.name(code),
            text_in(atlas.regions.get(atlas.countries[code]["region"], {})),
            len(named[code].reporters),
            ", ".join(atlas.acronym(institution) for institution in named[code].institutions),
        ]
        for code in ordered
    ]


def pairs(atlas: Atlas, marks: list[Mark]) -> list[tuple[str, str, bool]]:
    """(reporter, partner, whether the other side reported and did not name it back), each once."""
    one_sided = {(arc["from"], arc["to"]) for arc in atlas.figures["F4"]["arcs"] if arc["unilateral"]}
    found = dict.fromkeys((mark.reporter, mark.partner) for mark in marks)
    return [(one, other, (one, other) in one_sided) for one, other in found]


class _Canvas:
    """One drawing of the map."""

    def __init__(
        self, atlas: Atlas, question: Question, theme: str, view: View, named: dict[str, Named], steps: Steps
    ) -> None:
        self.atlas, self.question, self.theme = atlas, question, theme
        self.view, self.named, self.steps = view, named, steps
        self.sheet = geometry.sheet()
        self.colour = colour_of(theme)
        self.page = theme == "page"
        self.line = view.box[2] / view.across  # one pixel at the width the view is made for
        # Links are those of the edition, whatever the filters: a country does not vanish from under the reader.
        self.linked = [code for code in atlas.by_name(atlas.countries) if self._shown(code)]
        self.small = self._small()

    def _shown(self, code: str) -> bool:
        place = self.sheet.places.get(code)
        return place is not None and self.view.shows(place)

    def _small(self) -> dict[str, Point]:
        """Where the circles of the places too small to be seen stand."""
        tiny = {
            code: self.sheet.places[code].point
            for code in self.linked
            if self.sheet.places[code].size < TINY * self.view.target
        }
        return geometry.apart(tiny, self.view.target)

    def svg(self, marks: list[Mark], heading: str, told: str) -> str:
        left, top, width, height = self.view.box
        role = f'role="group" aria-label="{escape(heading)}"' if self.page else 'role="img"'
        size = "" if self.page else f' width="{self.view.across}" height="{round(self.view.across * height / width)}"'
        ground = "" if self.page else self._ground()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="map map--{self.view.code}" {role}'
            f' viewBox="{left} {top} {width} {height}"{size}>'
            f"<title>{escape(heading)}</title><desc>{escape(told)}</desc>{ground}"
            f"{self._land()}{self._links()}{self._arcs(marks)}{self._leaders()}</svg>"
        )

    def _ground(self) -> str:
        left, top, width, height = self.view.box
        return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{self.colour("map-water")}"/>'

    def _land(self) -> str:
        """The countries of which the edition says nothing."""
        linked = set(self.linked)
        paths = [
            f'<path d="{place.path}"/>'
            for code, place in self.sheet.places.items()
            if code not in linked and place.path and self.view.shows(place)
        ]
        paths += [f'<path d="{path}"/>' for path in self.sheet.others if self.view.code == "world"]
        return f"<g {self._paint('map__land', 0)}>{''.join(paths)}</g>"

    def _links(self) -> str:
        return f'<g class="map__countries">{"".join(self._country(code) for code in self.linked)}</g>'

    def _country(self, code: str) -> str:
        place = self.sheet.places[code]
        words = escape(self.words(code))
        drawn = self._shape(code, place)
        if not self.page:
            return f"<g><title>{words}</title>{drawn}</g>"
        href = address("country", code)
        tag = f'a href="{href}"' if href else "g"
        return f'<{tag} aria-label="{words}"><title>{words}</title>{drawn}</{tag[0]}>'

    def _shape(self, code: str, place: Place) -> str:
        step = self.steps.of(len(self.named[code].reporters)) if code in self.named else 0
        kind = "map__country" + (" map__country--reporter" if code in self.atlas.reporters else "")
        path = f'<path {self._paint(kind, step)} d="{place.path}"/>' if place.path else ""
        if code in self.small:
            x, y = self.small[code]
            hit = self._hit(x, y, self.view.target / 2)
            radius = self.view.target * 0.22
            return f'{path}{hit}<circle {self._paint(kind, step)} cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}"/>'
        if place.size < self.view.target:
            return self._hit(*place.point, self._room(code)) + path
        return path

    def _hit(self, x: float, y: float, radius: float) -> str:
        """Ground that catches the pointer around what is small."""
        return f'<circle class="map__hit" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>' if self.page else ""

    def _room(self, code: str) -> float:
        """The radius of a target that does not reach into the next country's."""
        x, y = self.sheet.places[code].point
        others = [self.small.get(other) or self.sheet.places[other].point for other in self.linked if other != code]
        nearest = min((((x - a) ** 2 + (y - b) ** 2) ** 0.5 for a, b in others), default=self.view.target)
        return min(self.view.target / 2, nearest / 2)

    def _leaders(self) -> str:
        """Thin lines from the moved circles to the places they stand for."""
        lines = []
        for code, (x, y) in self.small.items():
            a, b = self.sheet.places[code].point
            if abs(x - a) + abs(y - b) > self.view.target * 0.3:
                lines.append(f"M{a:.0f},{b:.0f}L{x:.0f},{y:.0f}")
        if not lines:
            return ""
        return f'<path class="map__leader" {self._stroke("muted", 0.7)} d="{"".join(lines)}"/>'

    def _arcs(self, marks: list[Mark]) -> str:
        drawn: dict[bool, list[str]] = {False: [], True: []}
        for one, other, unilateral in pairs(self.atlas, marks):
            start, end = self._point(one), self._point(other)
            if start and end:
                drawn[unilateral].append(_curve(start, end))
        faint = "" if self.question.narrows() else " map__arc--faint"
        paths = []
        for unilateral, curves in drawn.items():
            if curves:
                extra = f' stroke-dasharray="{4 * self.line:.1f} {3 * self.line:.1f}"' if unilateral else ""
                strong = "" if unilateral else faint
                opacity = "" if self.page else f' opacity="{0.3 if strong else 0.8}"'
                paths.append(
                    f'<path class="map__arc{strong}{" map__arc--unilateral" if unilateral else ""}" '
                    f'{self._stroke("map-arc", 0.8 if strong else 1.2)}{extra}{opacity} d="{"".join(curves)}"/>'
                )
        return f'<g class="map__arcs">{"".join(paths)}</g>'

    def _point(self, code: str) -> Point | None:
        place = self.sheet.places.get(code)
        return self.small.get(code) or (place.point if place else None)

    def _stroke(self, token: str, width: float) -> str:
        """Attributes of a line; in a page the style sheet gives them."""
        if self.page:
            return ""
        return f'fill="none" stroke="{self.colour(token)}" stroke-width="{width * self.line:.2f}"'

    def _paint(self, kind: str, step: int) -> str:
        """Attributes of a surface; in a page the style sheet gives them."""
        if self.page:
            return f'class="{kind}{f" map__country--{step}" if step else ""}"'
        reporter = "reporter" in kind
        edge, width = ("ink", 0.9) if reporter else ("map-border", 0.5)
        fill = self.colour(f"map-{step}")
        return f'fill="{fill}" stroke="{self.colour(edge)}" stroke-width="{width * self.line:.2f}"'

    def words(self, code: str) -> str:
        """A country's name and what the chosen marks say of it."""
        names = self.named.get(code)
        name = self.atlas.name(code)
        if names is None:
            return _("%(country)s: not named in this selection") % {"country": name}
        institutions = ngettext("%(number)d institution", "%(number)d institutions", len(names.institutions))
        reporters = ngettext("%(number)d country", "%(number)d countries", len(names.reporters))
        return _("%(country)s: named by %(institutions)s of %(reporters)s") % {
            "country": name,
            "institutions": institutions % {"number": len(names.institutions)},
            "reporters": reporters % {"number": len(names.reporters)},
        }


def _curve(start: Point, end: Point) -> str:
    """A quadratic curve that bends to the north."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    side = BEND if dx >= 0 else -BEND
    control_x, control_y = (x0 + x1) / 2 + dy * side, (y0 + y1) / 2 - dx * side
    return f"M{x0:.0f},{y0:.0f}Q{control_x:.0f},{control_y:.0f} {x1:.0f},{y1:.0f}"
