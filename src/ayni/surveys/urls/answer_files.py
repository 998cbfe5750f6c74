"""Addresses of the answers of a round as a workbook."""

from django.urls import path

from ayni.surveys.views import answer_files

urlpatterns = [
    path("rounds/<slug:code>/answers.xlsx", answer_files.answers_xlsx, name="answers_xlsx"),
    path("rounds/<slug:code>/answers/import/", answer_files.answers_import, name="answers_import"),
]
