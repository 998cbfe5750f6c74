"""Addresses of what comes from other systems and leaves for them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
