"""`{% load sources %}`: the address of a fact's source."""

from django import template

from ayni.common import sources

register = template.Library()
register.filter("source_url", sources.source_url)
