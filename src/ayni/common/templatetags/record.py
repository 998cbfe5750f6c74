"""`{% load record %}`: the way to the record of changes of a thing."""

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse

from ayni.common.permissions import SEE_RECORD, may

register = template.Library()


@register.simple_tag(takes_context=True)
def record_url(context: dict[str, Any], on: Model | None) -> str:
    """The address of the record of `on`, or "" for whom may not see it."""
    if on is None or on.pk is None or not may(context.get("user"), SEE_RECORD):
        return ""
    return reverse("record", args=[on._meta.label, on.pk])
