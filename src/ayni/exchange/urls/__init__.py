"""Addresses of the exchange, a list for each subject."""

from ayni.exchange.urls import matches, matrix, missions, rounds, written

urlpatterns = [
    *written.urlpatterns,
    *matches.urlpatterns,
    *matrix.urlpatterns,
    *missions.urlpatterns,
    *rounds.urlpatterns,
]
