"""Where a fact of an edition can be followed to: its evidence, the answer behind it, its place in the document."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.common.i18n import text_in
from ayni.common.sources import source_label, source_url

Link = dict[str, str]


def address(name: str, *args: Any) -> str:
    """The address of a page; "" where this site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def evidence_url(atlas: Atlas, table: str, key: str) -> str:
    return reverse("evidence", args=[atlas.edition["code"], table, key])


def response_url(atlas: Atlas, institution: str) -> str:
    return address("response", atlas.round["code"], institution)


def coverage_url(atlas: Atlas) -> str:
    return f"{reverse('edition', args=[atlas.edition['code']])}#t13"


def source_of(atlas: Atlas, locator: str) -> Link:
    """The source of a table or figure: the document's place; for another round, the answers that it rests on."""
    if atlas.round["source"]:
        return {"label": source_label(locator), "url": source_url(locator)}
    return {"label": _("the answers of the round"), "url": coverage_url(atlas)}


def country_link(atlas: Atlas, iso3: str) -> Link:
    return {"label": atlas.name(iso3), "url": address("country", iso3)}


def institution_link(atlas: Atlas, code: str) -> Link:
    """An institution whose answers count, by the short name that it bore then, with its country."""
    country = atlas.institutions.get(code, {}).get("country", "")
    name = atlas.acronym(code)
    label = (
        _("%(institution)s, %(country)s") % {"institution": name, "country": atlas.name(country)} if country else name
    )
    return {
        "label": label,
        "url": address("institution", code),
        "short": name,
        "country": atlas.name(country) if country else "",
        "answer": response_url(atlas, code),
    }


def whose(atlas: Atlas, kind: str, codes: list[str]) -> list[Link]:
    """The respondents, countries, or (together) all that reported, each with its page."""
    if kind == "response":
        return [institution_link(atlas, code) for code in codes]
    return [country_link(atlas, code) for code in codes]


def concept(atlas: Atlas, scheme: str, code: str) -> dict[str, Any]:
    """A concept as the edition kept it; a bare code where it is not known."""
    return atlas.content["concepts"].get(scheme, {}).get(code) or {"label": code, "definition": "", "extra": {}}


def label_of(atlas: Atlas, scheme: str, code: str) -> str:
    return text_in(concept(atlas, scheme, code)["label"])
