"""Addresses of the matrix and its versions."""

from django.urls import path, re_path

from ayni.exchange.views import matrix as read
from ayni.exchange.views import matrix_versions as versions

VERSION = "matrix/versions/<int:version>/"

urlpatterns = [
    path("matrix/", read.matrix, name="matrix"),
    re_path(r"^matrix\.(?P<kind>csv|xlsx)$", read.matrix_file, name="matrix_file"),
    path("matrix/behind/", read.matrix_behind, name="matrix_behind"),
    path("matrix/versions/", versions.versions, name="matrix_versions"),
    path("matrix/versions/draft/", versions.draft, name="matrix_draft"),
    path(VERSION, versions.version, name="matrix_version"),
    path(f"{VERSION}edit/", versions.edit, name="matrix_edit"),
    path(f"{VERSION}quadrants/<slug:code>/", versions.quadrant, name="matrix_quadrant"),
    path(f"{VERSION}in-force/", versions.in_force, name="matrix_in_force"),
    path(f"{VERSION}delete/", versions.delete, name="matrix_delete"),
]
