from django.urls import path

from ayni.interop.views import load, reported

urlpatterns = [
    path("reported/", reported.reported, name="reported"),
    path("reported/load/", load.reported_load, name="reported_load"),
    path("reported/sources/", reported.source_files, name="source_files"),
    path("reported/sources/<int:pk>/", reported.source_file, name="source_file"),
    path("reported/<int:pk>/", reported.reported_activity, name="reported_activity"),
]
