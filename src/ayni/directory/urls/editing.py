"""Addresses of the editing of the directory. They come before the pages to read: `institutions/add/` is no institution."""

from django.urls import path

from ayni.directory.views import editing
from ayni.directory.views.institution_file import institutions_csv, institutions_load

INSTITUTION = "institutions/<str:code>"

urlpatterns = [
    path("institutions/add/", editing.institution_add, name="institution_add"),
    path("institutions/load/", institutions_load, name="institutions_load"),
    path("institutions.csv", institutions_csv, name="institutions_csv"),
    path(f"{INSTITUTION}/edit/", editing.institution_edit, name="institution_edit"),
    path(f"{INSTITUTION}/names/add/", editing.name_add, name="name_add"),
    path(f"{INSTITUTION}/names/<int:pk>/", editing.name_edit, name="name_edit"),
    path(f"{INSTITUTION}/names/<int:pk>/remove/", editing.name_remove, name="name_remove"),
    path(f"{INSTITUTION}/successors/add/", editing.successor_add, name="successor_add"),
    path(f"{INSTITUTION}/successors/<int:pk>/remove/", editing.successor_remove, name="successor_remove"),
    path(f"{INSTITUTION}/memberships/add/", editing.affiliation_add, name="affiliation_add"),
    path(f"{INSTITUTION}/memberships/<int:pk>/remove/", editing.affiliation_remove, name="affiliation_remove"),
    path("countries/<slug:iso3>/edit/", editing.country_edit, name="country_edit"),
]
