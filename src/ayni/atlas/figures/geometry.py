"""The shapes of the countries (data/geo/map.json) and the views of the map."""

from dataclasses import dataclass
from functools import cache

from ayni.common.reference import document

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a country is drawn, in units of the sheet. `path` is an SVG path ("" for a mere point); `point` the middle
    and `box` (left, top, width, height) the frame of its largest part."""

    path: str
    point: Point
    box: Box

    @property
    def size(self) -> float:
        return max(self.box[2:])


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that can be drawn. `others` are shapes without a code of ISO 3166."""

    width: int
    height: int
    places: dict[str, Place]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A part of the sheet: (left, top, width, height) in its units. `across` is the width in pixels at which targets
    are at least 24 pixels."""

    code: str
    box: tuple[int, int, int, int]
    across: int

    @property
    def target(self) -> float:
        """24 pixels, in units of the sheet."""
        return 24 * self.box[2] / self.across

    def shows(self, place: "Place") -> bool:
        """Whether some of the place's largest part lies in the view."""
        left, top, width, height = self.box
        x, y, wide, high = place.box
        return x <= left + width and left <= x + wide and y <= top + height and top <= y + high


VIEWS = {
    view.code: view
    for view in (
        View("world", (0, 0, 4000, 1734), 1200),
        View("americas", (600, 130, 1130, 1600), 900),
        View("caribbean", (960, 560, 450, 320), 320),
    )
}


@cache
def sheet() -> Sheet:
    """The map, read once."""
    value = document("geo/map.json")
    places = {
        code: Place(place["path"], (place["point"][0], place["point"][1]), tuple(place["box"]))
        for code, place in value["countries"].items()
    }
    return Sheet(value["width"], value["height"], places, tuple(value["others"]))


def apart(points: dict[str, Point], distance: float) -> dict[str, Point]:
    """Move points away from one another until they stand `distance` apart, the same way on every machine.

    A point with room around it stays. Gives up after 200 rounds: then some may stand a little closer.
    """
    moved = dict(sorted(points.items()))
    codes = list(moved)
    for _round in range(200):
        still = True
        for position, one in enumerate(codes):
            for other in codes[position + 1 :]:
                push = _push(moved[one], moved[other], distance)
                if push is not None:
                    still = False
                    (x0, y0), (x1, y1) = moved[one], moved[other]
                    moved[one], moved[other] = (x0 - push[0], y0 - push[1]), (x1 + push[0], y1 + push[1])
        if still:
            break
    return moved


def _push(one: Point, other: Point, distance: float) -> Point | None:
    """Half of what is missing between two points, along the line from one to the other; None where nothing is."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length >= distance - 0.1:
        return None
    if length == 0:
        dx, length = 1.0, 1.0
        return distance / 2, 0.0
    missing = (distance - length) / 2
    return dx / length * missing, dy / length * missing
