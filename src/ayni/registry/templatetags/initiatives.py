"""`{% load initiatives %}{% network_pages "costs" %}`: the pages about all initiatives, with the one of this page marked."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from ayni.registry.queries.initiatives.page import network_tabs

register = template.Library()


@register.inclusion_tag("components/tabs.html")
def network_pages(here: str) -> dict[str, Any]:
    """The tabs; `here` is the name of the address of this page."""
    return {"label": _("Pages about all initiatives"), "tabs": network_tabs(here)}
