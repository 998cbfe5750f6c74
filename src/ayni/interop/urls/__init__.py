"""Addresses of what comes from other systems and leaves for them; those of the API stand beside them (`urls/api.py`)."""

from django.urls import URLPattern

from ayni.interop.urls import linkage, national, open_data, reported

urlpatterns: list[URLPattern] = [
    *linkage.urlpatterns,
    *open_data.urlpatterns,
    *national.urlpatterns,
    *reported.urlpatterns,
]
