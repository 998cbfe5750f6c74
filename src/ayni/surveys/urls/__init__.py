"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import instruments

urlpatterns = [
    *instruments.urlpatterns,
]
