"""Addresses of the exchange, a list for each subject."""

from ayni.exchange.urls import matrix, rounds

urlpatterns = [*matrix.urlpatterns, *rounds.urlpatterns]
