"""Addresses of the directory, a list a subject."""

from django.urls import path

from ayni.directory.urls import vocabularies
from ayni.directory.views.countries import countries

urlpatterns = [
    path("countries/", countries, name="countries"),
    *vocabularies.urlpatterns,
]
