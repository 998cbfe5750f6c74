"""Addresses of the registry, a list for each subject."""

from ayni.registry.urls import agreements, costs, declarations, initiatives, plan, results, sheets

# Those of files, of statistics and of the network's accounts come first: "initiatives/import/" is no initiative.
urlpatterns = [
    *sheets.urlpatterns,
    *declarations.urlpatterns,
    *costs.urlpatterns,
    *plan.urlpatterns,
    *results.urlpatterns,
    *agreements.urlpatterns,
    *initiatives.urlpatterns,
]
