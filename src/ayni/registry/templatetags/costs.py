"""Shares as templates show them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.registry.models import Unit

register = template.Library()


@register.filter
def percent(share: Fraction) -> str:
    """A share (1 is all) in per cent, with one decimal, in the language of the page."""
    return _("%(number)s %%") % {"number": number_format(round(float(100 * share), 1), 1)}


@register.filter
def per_mille(share: Fraction) -> str:
    """A share as the value of a bar that ends at 1000, the same in every language."""
    return str(round(1000 * share))


@register.filter
def plain(value: Decimal) -> str:
    """A number with the decimals that it has, without the zeros after them."""
    return number_format(f"{value.normalize():f}", force_grouping=True)


@register.filter
def counted(unit: str, quantity: Decimal) -> str:
    """A quantity with its unit in words."""
    return Unit(unit).counted(quantity)


@register.filter
def keys(values: Mapping[str, int]) -> str:
    """The names of some counts, with their numbers."""
    return ", ".join(f"{name} ({number})" for name, number in values.items())
