"""Addresses of the programmes. A programme's code begins with two capitals, so no page here is taken for one."""

from django.urls import path

from ayni.directory.views import programme_file, programmes

urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes.csv", programmes.programmes_csv, name="programmes_csv"),
    path("programmes.xlsx", programmes.programmes_xlsx, name="programmes_xlsx"),
    path("programmes/load/", programme_file.programmes_load, name="programmes_load"),
    path("programmes/template.xlsx", programme_file.programmes_template, name="programmes_template"),
    path("programmes/<str:code>/", programmes.programme, name="programme"),
]
