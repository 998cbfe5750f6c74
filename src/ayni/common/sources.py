"""Where a fact comes from: its place in the 2010 document has an address on the page `source`.

A locator is English text as the document numbers itself: "Section II, Table 2", "Introduction, note 1",
"Annex, question 7". Its anchor is its slug.
"""

from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

PLACES = ("Section ", "Introduction", "Annex", "Cover", "Imprint")


def anchor(locator: str) -> str:
    """The anchor of a place in the document: `anchor("Section II, Table 2") == "section-ii-table-2"`."""
    return slugify(locator)


def source_url(locator: object) -> str:
    """The address of `locator`: of the document's place, or a web address as it is; "" where there is nothing to open.

    Of several places ("Section I; Section II") the first counts.
    """
    first = str(locator or "").split(";")[0].strip()
    if first.startswith(("https://", "http://")):
        return first
    if not first.startswith(PLACES):
        return ""
    try:
        return f"{reverse('source')}#{anchor(first)}"
    except NoReverseMatch:
        return ""
