"""Makes data/geo/map.json: a shape or a point for each country, ready to be drawn as SVG.

Usage: python data/geo/make_map.py countries-50m.json > data/geo/map.json

The input is the TopoJSON file of the npm package world-atlas 2.0.2 (`npm pack world-atlas`): the countries of Natural
Earth 1:50m, in the public domain. Shapes are projected to Equal Earth (Savric, Patterson and Jenny 2018), simplified
(Douglas and Peucker, arc by arc, so that neighbours keep one border), finer in the Americas, and written as relative
SVG paths of whole units on a sheet 4000 units wide. Territories that the source draws as part of a state get their
own shape; those that it leaves out come from data/geo/points.csv.
"""

import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

import pycountry

HERE = Path(__file__).parent
WIDTH = 4000
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2
NORTH, SOUTH = 84.0, -56.5
# Parts of a state in the source that ISO 3166 knows by themselves: (state, code, west, south, east, north).
TERRITORIES = [
    ("FRA", "GUF", -55, 2, -51, 6),
    ("FRA", "GLP", -62, 15.7, -60.9, 16.6),
    ("FRA", "MTQ", -61.4, 14.2, -60.7, 15),
    ("FRA", "REU", 55, -22, 56, -20),
    ("FRA", "MYT", 44.8, -13.2, 45.5, -12.4),
    ("NOR", "SJM", -10, 70.5, 40, 82),
    ("NOR", "BVT", 3, -55, 4, -54),
    ("NLD", "BES", -69, 11, -62, 18),
]
# Tolerance of the simplification in units, by place (west, south, east, north); elsewhere COARSE.
FINE = [(-92, 7, -58, 28, 0.4), (-120, -60, -30, 34, 0.8)]
COARSE = 1.3
SMALLEST_RING = 7.0

Point = tuple[float, float]
Ring = list[int]


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth, in units from the sheet's upper left corner."""
    theta = math.asin(M * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = math.radians(longitude) * math.cos(theta) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return (x + REACH) * SCALE, TOP - y * SCALE


REACH = math.pi / (M * A1)
SCALE = WIDTH / (2 * REACH)
TOP = 0.0
TOP = -project(0, NORTH)[1]


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def tolerance(arc: list[Point]) -> float:
    x, y = arc[len(arc) // 2]
    return next(
        (value for west, south, east, north, value in FINE if west <= x <= east and south <= y <= north), COARSE
    )


def simplify(arc: list[Point]) -> list[Point]:
    """Douglas and Peucker, measured on the sheet; points in degrees. A closed arc is cut at its farthest point first,
    so that it does not collapse."""
    drawn = [project(*point) for point in unwrap(arc)]
    cuts = [0, len(arc) - 1]
    if arc[0] == arc[-1] and len(arc) > 3:
        cuts.insert(1, max(range(len(arc)), key=lambda i: math.dist(drawn[0], drawn[i])))
    keep = set(cuts)
    parts = list(zip(cuts, cuts[1:], strict=False))
    limit = tolerance(arc)
    while parts:
        first, last = parts.pop()
        far, height = first, 0.0
        for i in range(first + 1, last):
            distance = _height(drawn[i], drawn[first], drawn[last])
            if distance > height:
                far, height = i, distance
        if height > limit:
            keep.add(far)
            parts += [(first, far), (far, last)]
    return [arc[i] for i in sorted(keep)]


def _height(point: Point, one: Point, other: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return math.dist(point, one)
    return abs(dx * (one[1] - point[1]) - (one[0] - point[0]) * dy) / length


def unwrap(points: list[Point]) -> list[Point]:
    """Longitudes without jumps: past the 180th meridian they go on, below -180 or above 180."""
    found = points[:1]
    for x, y in points[1:]:
        found.append((x + 360 * round((found[-1][0] - x) / 360), y))
    return found


def clip(ring: list[Point], limit: float, side: int) -> list[Point]:
    """The part of a ring on one side (1: west, -1: east) of the meridian `limit`."""
    found: list[Point] = []
    for (x0, y0), (x1, y1) in zip(ring[-1:] + ring, ring, strict=False):
        inside0, inside1 = side * x0 <= side * limit, side * x1 <= side * limit
        if inside0 != inside1:
            found.append((limit, y0 + (y1 - y0) * (limit - x0) / (x1 - x0)))
        if inside1:
            found.append((x1, y1))
    return found


def on_the_sheet(ring: list[Point]) -> list[list[Point]]:
    """A ring in degrees as rings in units; one that crosses the 180th meridian becomes two."""
    whole = unwrap(ring)
    least, greatest = min(x for x, _y in whole), max(x for x, _y in whole)
    parts = []
    for shift in (-360, 0, 360):
        if least + shift < 180 and greatest + shift > -180:
            part = [(x + shift, y) for x, y in whole]
            if least + shift < -180:
                part = clip(part, -180, -1)
            if greatest + shift > 180:
                part = clip(part, 180, 1)
            if len(part) > 2:
                parts.append([project(x, y) for x, y in part])
    return parts


def ring_of(indices: Ring, arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def area_and_centre(ring: list[Point]) -> tuple[float, Point]:
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if abs(area) < 1e-9:
        return 0.0, ring[0]
    return abs(area) / 2, (x / (3 * area), y / (3 * area))


def path_of(rings: list[list[Point]]) -> str:
    """Relative SVG path of whole units."""
    parts = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in zip(whole, whole[1:], strict=False)]
        steps = [step for step in steps[:-1] if step != (0, 0)]
        if len(steps) >= 2:
            line = "".join(f"{_sign(dx)}{_sign(dy)}" for dx, dy in steps)
            parts.append(f"M{whole[0][0]},{whole[0][1]}l{line.lstrip()}z")
    return "".join(parts)


def _sign(number: int) -> str:
    return str(number) if number < 0 else f" {number}"


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry.get("arcs", [])


def code_of(geometry: dict[str, Any]) -> str:
    """ISO 3166 alpha-3, or "" for what has no code of its own."""
    found = pycountry.countries.get(numeric=geometry.get("id", ""))
    return found.alpha_3 if found else ""


def part_of(code: str, ring: list[Point]) -> str:
    """The territory in which a ring (in degrees) of `code` lies."""
    x, y = ring[0]
    for state, territory, west, south, east, north in TERRITORIES:
        if state == code and west <= x <= east and south <= y <= north:
            return territory
    return code


def collect(topology: dict[str, Any]) -> dict[str, list[list[Ring]]]:
    """{code: polygons}; what has no code is kept under its name with a leading "-"."""
    degrees = decode(topology)
    found: dict[str, list[list[Ring]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        for polygon in polygons(geometry):
            key = part_of(code, ring_of(polygon[0], degrees)) if code else "-" + geometry["properties"]["name"]
            found.setdefault(key, []).append(polygon)
    return found


def draw(shapes: list[list[Ring]], arcs: list[list[Point]]) -> dict[str, Any]:
    """Path, point and size of a country; only its largest polygon counts for the point and the box."""
    measured = []
    for polygon in shapes:
        for outer in on_the_sheet(ring_of(polygon[0], arcs)):
            area, centre = area_and_centre(outer)
            measured.append((area, centre, outer, polygon))
    measured.sort(key=lambda item: -item[0])
    rings = []
    for position, (area, centre, outer, polygon) in enumerate(measured):
        if position == 0 or area >= SMALLEST_RING or (in_the_caribbean(centre) and area >= 1.5):
            rings.append(outer)
            holes = [hole for ring in polygon[1:] for hole in on_the_sheet(ring_of(ring, arcs))]
            rings += [hole for hole in holes if area_and_centre(hole)[0] > 4]
    _area, centre, outer, _polygon = measured[0]
    return {
        "path": path_of(rings),
        "point": [round(value) for value in centre],
        "box": box_of(outer),
    }


def box_of(ring: list[Point]) -> list[float]:
    """Left, top, width and height."""
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*ring, strict=True))
    return [round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)]


def in_the_caribbean(point: Point) -> bool:
    west, north = project(-92, 28)
    east, south = project(-58, 7)
    return west <= point[0] <= east and north <= point[1] <= south


def main(source: str) -> None:
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    degrees = decode(topology)
    arcs = [simplify(arc) for arc in degrees]
    countries: dict[str, Any] = {}
    others = []
    for code, shapes in sorted(collect(topology).items()):
        if code == "ATA":
            continue
        drawn = draw(shapes, arcs)
        if code.startswith("-"):
            others.append(drawn["path"])
        else:
            countries[code] = drawn
    with (HERE / "points.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            x, y = project(float(row["longitude"]), float(row["latitude"]))
            point = [round(x), round(y)]
            countries.setdefault(row["country"], {"path": "", "point": point, "box": [*point, 0, 0]})
    result = {
        "source": "Natural Earth 1:50m (public domain), by way of world-atlas 2.0.2; Equal Earth projection",
        "width": WIDTH,
        "height": round(project(0, SOUTH)[1]),
        "countries": dict(sorted(countries.items())),
        "others": [path for path in others if path],
    }
    json.dump(result, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
