"""Addresses of the pages that belong to no subject."""

from django.urls import path

from ayni.common import views

urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
