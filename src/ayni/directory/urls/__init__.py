"""Addresses of the directory, a list a subject."""

from ayni.directory.urls import vocabularies

urlpatterns = [*vocabularies.urlpatterns]
