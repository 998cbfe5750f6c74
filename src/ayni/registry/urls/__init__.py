"""Addresses of the registry, a list for each subject."""

from ayni.registry.urls import agreements, initiatives, plan

urlpatterns = [*agreements.urlpatterns, *initiatives.urlpatterns, *plan.urlpatterns]
