"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import instruments, rounds

urlpatterns = [
    *instruments.urlpatterns,
    *rounds.urlpatterns,
]
