"""`{% load people %}{% people_of institution %}`: who holds which role there; for signed-in readers only."""

from typing import Any

from django import template

from ayni.directory.models import Country, Institution
from ayni.directory.queries import people as queries

register = template.Library()


@register.inclusion_tag("directory/people/of.html", takes_context=True)
def people_of(context: dict[str, Any], place: Country | Institution) -> dict[str, Any]:
    """People by role, without their addresses; nothing for the public."""
    user = context.get("user")
    signed_in = user is not None and user.is_authenticated
    return {"roles": queries.people_of(place, user) if signed_in else [], "signed_in": signed_in}
