"""Addresses of the surveys, a list a subject."""

from ayni.surveys.urls import answers, desk, instruments

urlpatterns = [
    *answers.urlpatterns,
    *desk.urlpatterns,
    *instruments.urlpatterns,
]
