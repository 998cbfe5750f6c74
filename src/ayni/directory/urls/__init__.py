"""Addresses of the directory, a list a subject."""

from ayni.directory.urls import experts, people, programmes, vocabularies

urlpatterns = [*people.urlpatterns, *vocabularies.urlpatterns, *programmes.urlpatterns, *experts.urlpatterns]
