"""Pages about open data, and a person's tokens."""

from django.urls import path

from ayni.interop.views import open_data, tokens

urlpatterns = [
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/<slug:name>/", open_data.open_data_resource, name="open_data_resource"),
    path("accounts/tokens/", tokens.api_tokens, name="api_tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.api_token_revoke, name="api_token_revoke"),
]
