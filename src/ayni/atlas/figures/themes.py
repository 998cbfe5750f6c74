"""The colours of a picture, read from the design tokens (common/static/ayni/tokens.css)."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import ayni.common

THEMES = ("page", "light", "dark", "print")
TOKENS = Path(ayni.common.__file__).parent / "static/ayni/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);")
# A picture in a page is drawn in colours that nothing else uses; each then becomes the token that it stands for.
MARKED = re.compile(r"#7e57([0-9a-f]{2})")
TOKEN = re.compile(r"var\(--([\w-]+)\)")


@cache
def palette(theme: str) -> dict[str, str]:
    """{token: colour} of a theme. "page" gives marked colours that `as_tokens` turns into var(--token)."""
    pairs = PAIR.findall(TOKENS.read_text(encoding="utf-8"))
    if theme == "page":
        return {name: f"#7e57{number:02x}" for number, (name, _light, _dark) in enumerate(pairs)}
    colours = {name: _long(dark if theme == "dark" else light) for name, light, dark in pairs}
    if theme == "print":
        colours |= {"paper": "#ffffff", "map-water": "#ffffff", "surface": "#ffffff"}
    return colours


def as_tokens(svg: str) -> str:
    """Marked colours become the custom properties of the page, so that the picture follows light and dark."""
    names = list(palette("page"))
    return MARKED.sub(lambda found: f"var(--{names[int(found[1], 16)]})", svg)


def in_colours(text: str, theme: str) -> str:
    """What `as_tokens` wrote, in the colours of a theme; a token that is no longer known becomes that of the text."""
    colours = palette(theme)
    return TOKEN.sub(lambda found: colours.get(found[1], colours["ink"]), text)


def series(theme: str, number: int) -> list[str]:
    """The first colours for series, in their order; after eight they come again."""
    colours = palette(theme)
    return [colours[f"data-{position % 8 + 1}"] for position in range(number)]


def colour_of(theme: str) -> Callable[[str], str]:
    """`colour("ink")`: as it is written into SVG."""
    if theme == "page":
        return lambda token: f"var(--{token})"
    return palette(theme).__getitem__


def _long(colour: str) -> str:
    digits = colour.removeprefix("#")
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
