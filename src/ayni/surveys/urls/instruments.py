"""Addresses of questionnaires."""

from django.urls import path

from ayni.surveys.views import instrument_edit as edit
from ayni.surveys.views import instrument_import, instrument_status, instruments

VERSION = "instruments/<slug:code>/<int:number>/"

urlpatterns = [
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/import/", instrument_import.instrument_import, name="instrument_import"),
    path("instruments/new/", edit.instrument_new, name="instrument_new"),
    path(VERSION, instruments.instrument, name="instrument"),
    path(f"{VERSION}xlsform.xlsx", instruments.instrument_xlsform, name="instrument_xlsform"),
    path(f"{VERSION}since/<int:before>/", instruments.instrument_differences, name="instrument_differences"),
    path(f"{VERSION}draft/", edit.instrument_draft, name="instrument_draft"),
    path(f"{VERSION}edit/", edit.instrument_edit, name="instrument_edit"),
    path(f"{VERSION}edit/description/", edit.instrument_describe, name="instrument_describe"),
    path(f"{VERSION}edit/change/", edit.instrument_change, name="instrument_change"),
    path(f"{VERSION}edit/sections/", edit.instrument_section, name="instrument_section_new"),
    path(f"{VERSION}edit/sections/<slug:section>/", edit.instrument_section, name="instrument_section"),
    path(f"{VERSION}edit/sections/<slug:section>/questions/", edit.instrument_question, name="instrument_question_new"),
    path(
        f"{VERSION}edit/sections/<slug:section>/questions/<slug:question>/",
        edit.instrument_question,
        name="instrument_question",
    ),
    path(f"{VERSION}publish/", instrument_status.instrument_publish, name="instrument_publish"),
    path(f"{VERSION}retire/", instrument_status.instrument_retire, name="instrument_retire"),
    path(f"{VERSION}delete/", instrument_status.instrument_delete, name="instrument_delete"),
]
