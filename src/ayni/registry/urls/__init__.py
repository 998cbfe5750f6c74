"""Addresses of the registry, a list for each subject."""

from ayni.registry.urls import agreements, costs, initiatives

urlpatterns = [*agreements.urlpatterns, *costs.urlpatterns, *initiatives.urlpatterns]
from ayni.registry.urls import agreements, initiatives, results

urlpatterns = [*agreements.urlpatterns, *initiatives.urlpatterns, *results.urlpatterns]
from ayni.registry.urls import agreements, initiatives, plan

urlpatterns = [*agreements.urlpatterns, *initiatives.urlpatterns, *plan.urlpatterns]
from ayni.registry.urls import agreements, declarations, initiatives

urlpatterns = [*agreements.urlpatterns, *declarations.urlpatterns, *initiatives.urlpatterns]
from ayni.registry.urls import agreements, initiatives, sheets

# Those of files come first: "initiatives/import/" is no initiative.
urlpatterns = [*sheets.urlpatterns, *agreements.urlpatterns, *initiatives.urlpatterns]
