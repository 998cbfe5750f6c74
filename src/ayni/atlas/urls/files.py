"""An edition as a file."""

from django.urls import path

from ayni.atlas.views import files

urlpatterns = [
    path("diagnosis/<slug:code>/<slug:name>.<slug:fmt>", files.edition_file, name="edition_file"),
]
