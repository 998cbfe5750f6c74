"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import answer_files, desk, instruments, rounds

urlpatterns = [
    *answer_files.urlpatterns,
    *desk.urlpatterns,
    *instruments.urlpatterns,
    *rounds.urlpatterns,
]
