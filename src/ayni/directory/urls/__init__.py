"""Addresses of the directory, a list a subject."""

from ayni.directory.urls import people, vocabularies

urlpatterns = [*people.urlpatterns, *vocabularies.urlpatterns]
