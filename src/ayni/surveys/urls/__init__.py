"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import desk, instruments, rounds

urlpatterns = [
    *desk.urlpatterns,
    *instruments.urlpatterns,
    *rounds.urlpatterns,
]
