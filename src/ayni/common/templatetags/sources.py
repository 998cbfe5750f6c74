"""`{% load sources %}`: the address of a fact's source, and its name in the language of the page."""

from django import template

from ayni.common import sources

register = template.Library()
register.filter("locators", sources.locators)
register.filter("source_url", sources.source_url)
register.filter("source_label", sources.source_label)
