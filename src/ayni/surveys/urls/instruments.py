"""Addresses of questionnaires."""

from django.urls import path

from ayni.surveys.views import instrument_import, instruments

urlpatterns = [
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/import/", instrument_import.instrument_import, name="instrument_import"),
    path("instruments/<slug:code>/<int:number>/", instruments.instrument, name="instrument"),
    path(
        "instruments/<slug:code>/<int:number>/xlsform.xlsx", instruments.instrument_xlsform, name="instrument_xlsform"
    ),
    path(
        "instruments/<slug:code>/<int:number>/since/<int:before>/",
        instruments.instrument_differences,
        name="instrument_differences",
    ),
]
