"""The design keeps its promises: contrast, colour-blind-safe data colours, small style sheets, a strict CSP."""

import itertools
import math
import re
from pathlib import Path

import pytest

import ayni.common

COMMON = Path(ayni.common.__file__).parent
SOURCE = COMMON.parent
SHEETS = sorted((COMMON / "static/ayni").glob("*.css"))
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
MODES = ("light", "dark")

# What is read on what: WCAG 2.2, 1.4.3 (text, 4.5:1).
GROUNDS = ("paper", "surface", "sunken")
TEXT = [(text, ground) for text in ("ink", "muted", "accent", "accent-strong", "warm", "bad") for ground in GROUNDS]
TEXT += [(f"{kind}", ground) for kind in ("good", "caution") for ground in ("paper", "surface")]
TEXT += [(kind, f"{kind}-tint") for kind in ("accent", "warm", "good", "caution", "bad")]
TEXT += [("ink", f"{kind}-tint") for kind in ("accent", "warm", "good", "caution", "bad")]
TEXT += [("muted", "accent-tint"), ("muted", "warm-tint"), ("accent-strong", "accent-tint")]
TEXT += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("paper", "bad"), ("paper", "ink")]
TEXT += [("surface", "good"), ("paper", "warm"), ("on-band", "band"), ("on-band-muted", "band")]
# What must be seen without being read: 1.4.11 (3:1).
SEEN = [(part, ground) for part in ("field", "focus", "line") for ground in GROUNDS]
SEEN += [(f"data-{number}", ground) for number in range(1, 9) for ground in ("paper", "surface")]
SEEN += [("map-arc", "map-water"), ("map-arc", "map-0"), ("map-5", "map-0")]

# Machado, Oliveira, Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def tokens(mode: str) -> dict[str, str]:
    """The colours of tokens.css in `mode`, as six hexadecimal digits."""
    text = (COMMON / "static/ayni/tokens.css").read_text()
    found = {}
    for name, value in re.findall(r"--([\w-]+): ([^;]+);", text):
        pair = re.fullmatch(r"light-dark\((#\w+), (#\w+)\)", value)
        colour = pair[1 + MODES.index(mode)] if pair else value
        if colour.startswith("#"):
            found[name] = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return found


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(colour: str, sight: str) -> tuple[float, float, float]:
    """Ottosson (2020), after the colours that this kind of sight tells apart."""
    seen = [sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in SIGHT[sight]]
    red, green, blue = (min(1.0, max(0.0, part)) for part in seen)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_can_be_read(mode: str, front: str, ground: str) -> None:
    colours = tokens(mode)
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("part", "ground"), SEEN)
def test_parts_can_be_seen(mode: str, part: str, ground: str) -> None:
    colours = tokens(mode)
    assert contrast(colours[part], colours[ground]) >= 3


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("series", "apart"), [(4, 0.10), (8, 0.07)])
def test_data_colours_stay_apart_for_every_kind_of_sight(mode: str, sight: str, series: int, apart: float) -> None:
    colours = tokens(mode)
    points = [oklab(colours[f"data-{number}"], sight) for number in range(1, series + 1)]
    assert min(math.dist(one, other) for one, other in itertools.combinations(points, 2)) >= apart


@pytest.mark.parametrize("mode", MODES)
def test_map_steps_grow_evenly_away_from_the_ground(mode: str) -> None:
    colours = tokens(mode)
    steps = [luminance(colours[f"map-{number}"]) for number in range(6)]
    assert steps == sorted(steps, reverse=mode == "light")
    assert all(contrast(colours[f"map-{n}"], colours[f"map-{n + 1}"]) >= 1.2 for n in range(5))


def test_each_colour_is_decided_in_the_tokens() -> None:
    elsewhere = [sheet for sheet in SHEETS if sheet.name not in ("tokens.css", "print.css")]
    for sheet in elsewhere:
        used = set(re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*\})", sheet.read_text()))
        assert used <= {"#fff", "#e0905f"}, sheet.name


def test_every_token_that_is_used_is_decided() -> None:
    text = "".join(sheet.read_text() for sheet in SHEETS)
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= set(re.findall(r"--([\w-]+):", text))


def test_style_sheets_stay_small() -> None:
    assert sum(sheet.stat().st_size for sheet in SHEETS) < 60_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_templates_hold_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all(" src=" in script or "application/json" in script for script in scripts)


@pytest.mark.parametrize("component", sorted((COMMON / "templates/components").glob("*.html")), ids=lambda p: p.stem)
def test_each_component_says_its_parameters(component: Path) -> None:
    assert re.search(r"{% comment %}.{20,}?{% endcomment %}", component.read_text(), re.DOTALL)
