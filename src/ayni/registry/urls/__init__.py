"""Addresses of the registry, a list for each subject."""

from ayni.registry.urls import agreements, initiatives, sheets

# Those of files come first: "initiatives/import/" is no initiative.
urlpatterns = [*sheets.urlpatterns, *agreements.urlpatterns, *initiatives.urlpatterns]
