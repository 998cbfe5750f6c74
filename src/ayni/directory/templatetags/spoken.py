"""`{% load spoken %}{{ component.languages|spoken }}`: the names of the languages of a column."""

from django import template

from ayni.directory.queries.programmes import page

register = template.Library()
register.filter("spoken", page.spoken)
