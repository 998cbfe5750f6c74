"""Accounts of cooperation."""

from django.urls import path

from ayni.atlas.views import accounts

urlpatterns = [
    path("cooperation/", accounts.cooperation, name="accounts"),
    path("cooperation/<int:year>/", accounts.network_account, name="account"),
    path("countries/<slug:iso3>/cooperation/<int:year>/", accounts.country_account, name="country_account"),
    path("cooperation/<slug:code>-<int:year>-<slug:lang>.<slug:fmt>", accounts.account_file, name="account_file"),
]
