"""Figures: the same facts as the edition, in every language and theme, fit for pages with a strict CSP."""

import re
import xml.etree.ElementTree as ET

import altair as alt
import pytest
from jsonschema import ValidationError

from ayni.atlas.figures import CODES, picture
from ayni.atlas.figures.render import escape
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_figure_is_one_image_with_a_name_and_a_description_in_each_language(atlas, code, lang):
    drawn = picture(atlas, code, lang=lang, theme="light")
    root = ET.fromstring(drawn.svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == drawn.title
    assert root.findtext(f"{SVG}desc") == drawn.description
    assert drawn.rows and all(len(row) == len(drawn.columns) for row in drawn.rows)
    assert drawn.source and drawn.method


@pytest.mark.parametrize("code", CODES)
def test_in_a_page_a_figure_has_no_style_of_its_own_and_follows_light_and_dark(atlas, code):
    svg = picture(atlas, code, lang="es", theme="page").svg
    ET.fromstring(svg)
    assert "style=" not in svg and "<style" not in svg and "<script" not in svg
    assert not re.search(r"#[0-9a-f]{6}\b", svg)
    assert "var(--" in svg or 'class="map__country' in svg


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize("code", CODES)
def test_a_file_carries_its_colours_with_it(atlas, code, theme):
    svg = picture(atlas, code, lang="en", theme=theme).svg
    assert "var(--" not in svg and "#7e57" not in svg
    assert "style=" not in svg


@pytest.mark.parametrize("theme", ["page", "dark"])
@pytest.mark.parametrize("code", CODES)
def test_a_specification_is_one_of_vega_lite(atlas, code, theme):
    spec = picture(atlas, code, lang="pt", theme=theme).spec
    if spec is None:
        assert code not in ("F5", "F9", "F10")
        return
    alt.Chart.from_dict(spec, validate=True)
    with pytest.raises(ValidationError):
        alt.Chart.from_dict(spec | {"padding": "wide"}, validate=True)


def test_the_map_s_table_holds_every_mark(atlas):
    rows = picture(atlas, "F4", lang="en").rows
    assert len(rows) == 57
    assert sum(row[2] for row in rows) == 110
    assert sum(len(row[3].split(", ")) for row in rows) == 123


def test_the_bars_add_up_to_the_edition(atlas):
    rows = picture(atlas, "F5", lang="en").rows
    assert [row[1] for row in rows] == [31, 11, 7, 4, 4]
    assert [sum(row[number] for row in rows) for number in range(2, 6)] == [26, 29, 21, 34]


def test_the_bars_by_m49_add_up_to_the_same(atlas):
    rows = picture(atlas, "F5", lang="en", scheme="m49").rows
    assert sum(row[1] for row in rows) == 57
    assert [sum(row[number] for row in rows) for number in range(2, 6)] == [26, 29, 21, 34]


def test_each_country_of_the_edition_says_on_the_map_what_is_said_of_it(atlas):
    svg = picture(atlas, "F4", lang="en").svg
    for code in atlas.countries:
        assert f'aria-label="{escape(atlas.name(code, "en"))}: ' in svg
    assert "Bolivia: named by 5 institutions of 4 countries" in svg


def test_the_countries_of_the_map_come_in_the_order_of_the_alphabet(atlas):
    labels = re.findall(r'aria-label="([^":]+): ', picture(atlas, "F4", lang="es").svg)
    assert labels == [atlas.name(code, "es") for code in atlas.by_name(atlas.countries, "es")]


def test_one_institution_s_map_holds_its_partners_only(atlas):
    drawn = picture(atlas, "F4", lang="en", institution="CL-MIDEPLAN")
    assert len(drawn.rows) == 15
    assert "MIDEPLAN" in drawn.title


def test_a_declaration_of_one_side_only_is_dashed_and_explained(atlas):
    drawn = picture(atlas, "F4", lang="en", institution="MX-SEDESOL")
    assert "map__arc--unilateral" in drawn.svg
    assert "unilateral" in [kind for kind, _words in drawn.legend]
    other = picture(atlas, "F4", lang="en", institution="CL-FOSIS")
    assert "map__arc--unilateral" not in other.svg


def test_a_topic_that_all_named_together_narrows_nothing_and_says_why(atlas):
    topic = atlas.figures["F10"]["rows"][0]
    drawn = picture(atlas, "F4", lang="en", topic=topic)
    assert len(drawn.rows) == 57
    assert any("only for all reporting countries together" in note for note in drawn.notes)


@pytest.mark.parametrize(
    ("question", "partners"),
    [
        ({"reporter": "CHL"}, 29),
        ({"region": "Africa"}, 11),
        ({"region": "005"}, 12),
        ({"country": "BOL"}, 1),
        ({"period": "2005-2010", "reporter": "COL"}, 0),
    ],
)
def test_questions_narrow_the_map(atlas, question, partners):
    assert len(picture(atlas, "F4", lang="en", **question).rows) == partners


@pytest.mark.parametrize("view", ["americas", "caribbean"])
def test_a_view_says_how_many_partners_it_leaves_out(atlas, view):
    drawn = picture(atlas, "F4", lang="en", view=view)
    assert len(drawn.rows) == 57
    assert any("outside this part of the map" in note for note in drawn.notes)


@pytest.mark.parametrize(
    "question", [{"institution": "XX"}, {"view": "moon"}, {"topic": "<script>"}, {"region": "999"}]
)
def test_what_the_edition_does_not_know_is_refused(atlas, question):
    with pytest.raises(Refused):
        picture(atlas, "F4", lang="en", **question)


def test_an_unknown_figure_is_refused(atlas):
    with pytest.raises(Refused):
        picture(atlas, "F99", lang="en")


def test_a_picture_is_drawn_once(atlas):
    assert picture(atlas, "F5", lang="en") is picture(atlas, "F5", lang="en")


def test_the_flows_are_those_of_the_edition(atlas):
    rows = picture(atlas, "F6", lang="en").rows
    assert sum(row[2] for row in rows) == 110
    assert ["Chile", "Americas and Caribbean", 22] in rows


def test_the_concentration_is_the_edition_s_and_the_most_concentrated_comes_first(atlas):
    rows = picture(atlas, "F9", lang="en").rows
    assert [(row[0], row[1]) for row in rows] == [
        ("Colombia", 0.8277),
        ("Chile", 0.5957),
        ("Brazil", 0.4053),
        ("Mexico", 0.3512),
    ]
    assert all(abs(sum(row[3:]) - 1) < 0.001 for row in rows)


def test_the_network_holds_every_country_and_tie(atlas):
    drawn = picture(atlas, "F7", lang="en")
    assert len(drawn.rows) == 57
    assert sum(row[3] for row in drawn.rows) == 110
    assert sum(row[2] for row in drawn.rows) == 2 * len(atlas.figures["F7"]["edges"])


def test_topics_that_all_named_together_stand_in_one_column_that_says_so(atlas):
    drawn = picture(atlas, "F10", lang="en")
    assert drawn.columns == ["Topic", "All together"]
    assert len(drawn.rows) == 18 and drawn.notes


def test_the_types_of_learning_come_with_their_order(atlas):
    rows = picture(atlas, "F1", lang="en").rows
    assert [row[1] for row in rows] == ["First order", "First order", "Second order"]


def test_numbers_in_a_chart_follow_the_language(atlas):
    assert "0,8277" in picture(atlas, "F9", lang="fr", theme="light").svg
    assert "0.8277" in picture(atlas, "F9", lang="en", theme="light").svg
