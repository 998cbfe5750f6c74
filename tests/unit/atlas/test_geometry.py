"""The map's shapes: every country is there, and the file stays small."""

import gzip

import pycountry
import pytest
from django.conf import settings

from ayni.atlas.figures import geometry

MAP = settings.REFERENCE_DATA / "geo/map.json"
CARIBBEAN = [
    "ATG",
    "BHS",
    "BRB",
    "BLZ",
    "CUB",
    "DMA",
    "DOM",
    "GRD",
    "GUY",
    "HTI",
    "JAM",
    "KNA",
    "LCA",
    "SUR",
    "TTO",
    "VCT",
]


def test_every_country_of_iso_3166_has_a_place():
    assert {country.alpha_3 for country in pycountry.countries} <= set(geometry.sheet().places)


@pytest.mark.parametrize("code", CARIBBEAN)
def test_every_caribbean_state_can_be_seen_in_the_caribbean_and_the_americas(code):
    place = geometry.sheet().places[code]
    assert geometry.VIEWS["americas"].shows(place)
    assert geometry.VIEWS["caribbean"].shows(place) or code in ("SUR", "GUY")


def test_every_partner_of_the_edition_has_a_place_on_the_sheet(atlas):
    sheet = geometry.sheet()
    for code in atlas.countries:
        x, y = sheet.places[code].point
        assert 0 <= x <= sheet.width and 0 <= y <= sheet.height


def test_territories_stand_by_themselves():
    """French Guiana is not drawn as a part of France: shading one must not shade the other."""
    places = geometry.sheet().places
    assert places["GUF"].path and abs(places["GUF"].point[0] - places["FRA"].point[0]) > 400


def test_no_shape_runs_around_the_world():
    """Russia and Fiji cross the 180th meridian; no step of theirs may jump over the sheet."""
    for code in ("RUS", "FJI"):
        assert max(abs(int(step)) for step in _steps(geometry.sheet().places[code].path)) < 600


def test_the_file_stays_small():
    assert MAP.stat().st_size < 150_000
    assert len(gzip.compress(MAP.read_bytes())) < 50_000


def test_points_move_apart_and_lonely_ones_stay():
    moved = geometry.apart({"A": (0, 0), "B": (1, 0), "C": (0, 1), "D": (500, 500)}, 20)
    assert moved["D"] == (500, 500)
    points = list(moved.values())
    for position, one in enumerate(points):
        for other in points[position + 1 :]:
            assert ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 > 19


def test_points_in_one_place_move_apart_too():
    moved = geometry.apart({"A": (5, 5), "B": (5, 5)}, 10)
    assert abs(moved["A"][0] - moved["B"][0]) >= 9


def _steps(path: str) -> list[str]:
    """The numbers of the relative steps of a path."""
    numbers = []
    for ring in path.split("M")[1:]:
        line = ring.split("l")[1].rstrip("z")
        numbers += line.replace("-", " -").split()
    return numbers
