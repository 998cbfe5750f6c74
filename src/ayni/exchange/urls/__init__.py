"""Addresses of the exchange, a list for each subject."""

from ayni.exchange.urls import matrix

urlpatterns = [*matrix.urlpatterns]
