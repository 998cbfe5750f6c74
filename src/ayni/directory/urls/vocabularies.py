"""Addresses of vocabularies."""

from django.urls import path

from ayni.directory.views import vocabularies as read
from ayni.directory.views import vocabulary_edit as edit
from ayni.directory.views.vocabulary_load import vocabulary_load

ONE = "vocabularies/<slug:code>/"
VERSION = f"{ONE}<int:version>/"

urlpatterns = [
    path("vocabularies/", read.vocabularies, name="vocabularies"),
    path("vocabularies/new/", edit.vocabulary_new, name="vocabulary_new"),
    path(ONE, read.vocabulary, name="vocabulary"),
    path(f"{ONE}draft/", edit.vocabulary_draft, name="vocabulary_draft"),
    path(f"{ONE}load/", vocabulary_load, name="vocabulary_load"),
    path(VERSION, read.vocabulary, name="vocabulary_version"),
    path(f"{VERSION}terms.csv", read.vocabulary_csv, name="vocabulary_csv"),
    path(f"{VERSION}skos.jsonld", read.vocabulary_skos, name="vocabulary_skos"),
    path(f"{VERSION}since/<int:before>/", read.vocabulary_differences, name="vocabulary_differences"),
    path(f"{VERSION}edit/", edit.vocabulary_edit, name="vocabulary_edit"),
    path(f"{VERSION}in-force/", edit.vocabulary_in_force, name="vocabulary_in_force"),
    path(f"{VERSION}delete/", edit.vocabulary_delete, name="vocabulary_delete"),
    path(f"{VERSION}terms/new/", edit.term, name="term_new"),
    path(f"{VERSION}terms/<int:pk>/", edit.term, name="term"),
    path(f"{VERSION}terms/<int:pk>/change/", edit.term_change, name="term_change"),
]
