"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import answer_files, answers, desk, instruments, rounds

urlpatterns = [
    *answers.urlpatterns,
    *answer_files.urlpatterns,
    *desk.urlpatterns,
    *instruments.urlpatterns,
    *rounds.urlpatterns,
]
