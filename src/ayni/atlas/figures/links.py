"""Addresses that pictures lead to."""

from django.urls import NoReverseMatch, reverse


def country_url(iso3: str) -> str:
    """The page of a country in the active language; "" while there is none."""
    try:
        return reverse("country", args=[iso3])
    except NoReverseMatch:
        return ""
