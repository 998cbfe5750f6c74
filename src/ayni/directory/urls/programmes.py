"""Addresses of the programmes. A programme's code begins with two capitals, so no page here is taken for one."""

from django.urls import path

from ayni.directory.views import programme_edit, programme_file, programmes

PROGRAMME = "programmes/<str:code>"

urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes.csv", programmes.programmes_csv, name="programmes_csv"),
    path("programmes.xlsx", programmes.programmes_xlsx, name="programmes_xlsx"),
    path("programmes/load/", programme_file.programmes_load, name="programmes_load"),
    path("programmes/template.xlsx", programme_file.programmes_template, name="programmes_template"),
    path("programmes/add/", programme_edit.programme_add, name="programme_add"),
    path(f"{PROGRAMME}/", programmes.programme, name="programme"),
    path(f"{PROGRAMME}/edit/", programme_edit.programme_edit, name="programme_edit"),
    path(f"{PROGRAMME}/components/add/", programme_edit.component_add, name="component_add"),
    path(f"{PROGRAMME}/components/<slug:part>/edit/", programme_edit.component_edit, name="component_edit"),
    path(f"{PROGRAMME}/versions/add/", programme_edit.version_add, name="version_add"),
    path(f"{PROGRAMME}/versions/<int:number>/edit/", programme_edit.version_edit, name="version_edit"),
    path(f"{PROGRAMME}/versions/<int:number>/remove/", programme_edit.version_remove, name="version_remove"),
    path(f"{PROGRAMME}/documents/add/", programme_edit.document_add, name="document_add"),
    path(f"{PROGRAMME}/documents/<int:pk>/edit/", programme_edit.document_edit, name="document_edit"),
    path(f"{PROGRAMME}/documents/<int:pk>/remove/", programme_edit.document_remove, name="document_remove"),
]
