"""`{% load directory_editing %}{% edit_url institution as address %}`: where it is edited, for whom may."""

from typing import Any

from django import template
from django.urls import reverse

from ayni.common.permissions import EDIT_DIRECTORY, may
from ayni.directory.models import Country, Institution

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_url(context: dict[str, Any], on: Country | Institution) -> str:
    """The address of the page that edits `on`, or "" for whom may not."""
    if not may(context.get("user"), EDIT_DIRECTORY):
        return ""
    if isinstance(on, Country):
        return reverse("country_edit", args=[on.pk])
    return reverse("institution_edit", args=[on.code])
