"""Addresses of the directory, a list a subject."""

from ayni.directory.urls import people, programmes, vocabularies

urlpatterns = [*people.urlpatterns, *vocabularies.urlpatterns, *programmes.urlpatterns]
