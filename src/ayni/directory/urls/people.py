"""Addresses of people and their roles."""

from django.urls import path

from ayni.directory.views import people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/invite/", people.person_invite, name="person_invite"),
    path("people/<int:pk>/activate/", people.person_activate, name="person_activate"),
    path("people/<int:pk>/deactivate/", people.person_deactivate, name="person_deactivate"),
    path("people/<int:pk>/roles/", people.role_add, name="role_add"),
    path("people/<int:pk>/roles/<int:membership>/end/", people.role_end, name="role_end"),
]
