"""Addresses that pictures lead to."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: str) -> str:
    """The address of a page in the active language; "" where this site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
