"""Addresses of the own account; the rest of them are allauth's."""

from django.urls import path

from ayni.accounts import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    # Accounts are given, and an administrator changes their address.
    path("signup/", views.closed, name="account_signup"),
    path("email/", views.closed, name="account_email"),
]
