"""The API's addresses. They have no language: the site takes them beside its pages."""

from django.urls import include, path

from ayni.interop.api import v1

urlpatterns = [path("api/v1/", include(v1.urlpatterns))]
