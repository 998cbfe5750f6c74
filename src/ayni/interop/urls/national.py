"""Addresses of national records: their profiles, and two countries side by side."""

from django.urls import path

from ayni.interop.views.national import crosswalk, editing, load, making, pages, sides

PROFILE = "reported/profiles/<slug:code>/"

urlpatterns = [
    path("reported/profiles/", pages.profiles, name="record_profiles"),
    path("reported/profiles/new/", making.profile_new, name="record_profile_new"),
    path("reported/sides/", sides.national_sides, name="national_sides"),
    path("reported/sides.<str:ending>", sides.national_sides_file, name="national_sides_file"),
    path(PROFILE, pages.profile, name="record_profile"),
    path(f"{PROFILE}profile.<str:ending>", pages.profile_file, name="record_profile_file"),
    path(f"{PROFILE}edit/", editing.profile_edit, name="record_profile_edit"),
    path(f"{PROFILE}sample/", editing.profile_sample, name="record_profile_sample"),
    path(f"{PROFILE}step/", editing.profile_step, name="record_profile_step"),
    path(f"{PROFILE}crosswalk/<slug:field>/", crosswalk.crosswalk_edit, name="record_crosswalk"),
    path(f"{PROFILE}load/", load.national_load, name="national_load"),
]
