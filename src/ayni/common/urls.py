"""Addresses of the pages that belong to no subject."""

from django.urls import path

from ayni.common.views import pages, record

urlpatterns = [
    path("theme/", pages.theme, name="theme"),
    path("styleguide/", pages.styleguide, name="styleguide"),
    path("record/", record.whole_record, name="records"),
    path("record/<str:model>/<str:pk>/", record.record, name="record"),
]
