"""Words in SVG of our own."""

import textwrap

from ayni.atlas.figures.chartstyle import FONT
from ayni.atlas.figures.render import escape


def lines(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` characters."""
    return textwrap.wrap(text, width) or [""]


def label(x: float, y: float, text: str, attributes: str) -> str:
    """A line of text at its baseline."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(text)}</text>'


def paragraph(x: float, y: float, text: str, *, width: int, attributes: str, leading: float = 17) -> tuple[str, float]:
    """(lines of text, the height that they take)."""
    found = lines(text, width)
    drawn = "".join(label(x, y + leading * number, line, attributes) for number, line in enumerate(found))
    return drawn, leading * len(found)


def frame(width: float, height: float, *, theme: str, ground: str, title: str, description: str, body: str) -> str:
    """A picture of `width` x `height` pixels; in a page its ground and its font are the page's."""
    font = "" if theme == "page" else f' font-family="{FONT}"'
    back = "" if theme == "page" else f'<rect width="{width:.0f}" height="{height:.0f}" fill="{ground}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}"{font}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{back}{body}</svg>"
    )
