"""Addresses of what other systems report, and of an institution's records as IATI files."""

from django.urls import path

from ayni.interop.views import iati_files, load, reported, reported_organisations

urlpatterns = [
    path("reported/", reported.reported, name="reported"),
    path("reported/load/", load.reported_load, name="reported_load"),
    path("reported/organisations/", reported_organisations.reported_organisations, name="reported_organisations"),
    path(
        "reported/organisations/<int:pk>/", reported_organisations.reported_organisation, name="reported_organisation"
    ),
    path("reported/sources/", reported.source_files, name="source_files"),
    path("reported/sources/<int:pk>/", reported.source_file, name="source_file"),
    path("reported/<int:pk>/", reported.reported_activity, name="reported_activity"),
    path("institutions/<str:code>/iati-activities.xml", iati_files.iati_activities, name="iati_activities"),
    path("institutions/<str:code>/iati-organisation.xml", iati_files.iati_organisation, name="iati_organisation"),
]
