"""Addresses of the registry, a list for each subject."""

from ayni.registry.urls import agreements, declarations, initiatives

urlpatterns = [*agreements.urlpatterns, *declarations.urlpatterns, *initiatives.urlpatterns]
