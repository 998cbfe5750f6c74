"""Addresses of the exchange, a list for each subject."""

from ayni.exchange.urls import matches, matrix, rounds, written

urlpatterns = [
    *written.urlpatterns,
    *matches.urlpatterns,
    *matrix.urlpatterns,
    *rounds.urlpatterns,
]
