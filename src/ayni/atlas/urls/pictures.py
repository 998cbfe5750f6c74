"""Pages that draw an edition, and the files of its figures."""

from django.urls import path

from ayni.atlas.views import figures, pictures

urlpatterns = [
    path("map/", pictures.map_page, name="map"),
    path("network/", pictures.network, name="network"),
    path("regions/", pictures.regions, name="regions"),
    path("concentration/", pictures.concentration, name="concentration"),
    path("figures/<slug:edition>/<str:code>.<str:format>", figures.figure, name="figure"),
]
