"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import answer_files, answers, desk, instruments, opinion_surveys, rounds

urlpatterns = [
    *answers.urlpatterns,
    *answer_files.urlpatterns,
    *desk.urlpatterns,
    *instruments.urlpatterns,
    *opinion_surveys.urlpatterns,
    *rounds.urlpatterns,
]
