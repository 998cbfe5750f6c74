"""Addresses of the exchange, a list for each subject."""

from ayni.exchange.urls import circuit, matches, matrix, missions, rounds, written

urlpatterns = [
    *written.urlpatterns,
    *matches.urlpatterns,
    *matrix.urlpatterns,
    *missions.urlpatterns,
    *rounds.urlpatterns,
    *circuit.urlpatterns,
]
