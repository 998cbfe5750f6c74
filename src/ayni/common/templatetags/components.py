"""Template tags and filters that the components need; `{% load components %}`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CURRENT = mark_safe(' aria-current="true"')


@register.simple_block_tag
def table_region(content: SafeString, label: str) -> SafeString:
    """A wide table scrolls inside a group of its own, which the keyboard reaches and a screen reader names.

    A group and no landmark: the section around it often bears the same name.
    """
    return format_html('<div class="table-region" role="group" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.simple_tag
def alternates(links: Iterable[dict[str, str]]) -> SafeString:
    """The same page in each language, for search engines. Every page has them: written without a template's loop."""
    return format_html_join(
        "\n  ", '<link rel="alternate" hreflang="{}" href="{}">', ((link["code"], link["url"]) for link in links)
    )


@register.simple_tag
def language_choices(links: Iterable[dict[str, str]]) -> SafeString:
    """The same page in each language, for the reader; each name in its own language."""
    return format_html_join(
        "\n    ",
        '<li><a href="{}" hreflang="{}" lang="{}"{}>{}</a></li>',
        ((link["url"], link["code"], link["code"], CURRENT if link["current"] else "", link["name"]) for link in links),
    )


@register.simple_block_tag
def panel(content: SafeString, title: str = "", level: int = 2) -> SafeString:
    """A framed part of a page, with its heading."""
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<section class="panel">{}{}</section>', heading, content)


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The numbers around `page`, its first and last two, and an ellipsis between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def nth(values: Sequence[Any], position: int) -> Any:
    """The element of `values` at `position` (0 is the first), or nothing where there is none."""
    return values[position] if position < len(values) else ""
