"""`{% load reported %}`: what others report, on pages of other parts, and the tabs between its kinds."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.interop.queries.organisations.page import reported_as

register = template.Library()


@register.inclusion_tag("interop/reported_as.html")
def reported_organisations_of(code: str) -> dict[str, Any]:
    """`<dd>` with the organisation files that name an institution; nothing where none does. One query."""
    return {"organisations": reported_as(code)}


@register.inclusion_tag("components/tabs.html")
def reported_kinds(here: str) -> dict[str, Any]:
    """The lists of what others report; `here` is the name of the address that is shown."""
    kinds = (("reported", _("Activities")), ("reported_organisations", _("Organisations")))
    tabs = [{"label": label, "url": reverse(name), "current": name == here} for name, label in kinds]
    return {"label": _("What others report"), "tabs": tabs}
