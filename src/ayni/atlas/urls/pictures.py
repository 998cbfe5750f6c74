"""Pages that draw an edition, and the files of its figures."""

from django.urls import path, re_path

from ayni.atlas.views import advantage, figures, pictures

urlpatterns = [
    path("map/", pictures.map_page, name="map"),
    path("network/", pictures.network, name="network"),
    path("regions/", pictures.regions, name="regions"),
    path("concentration/", pictures.concentration, name="concentration"),
    re_path(r"^matrix/(?P<iso3>[A-Za-z]{3})/$", advantage.advantage, name="matrix_country"),
    re_path(r"^matrix/(?P<iso3>[A-Z]{3})\.csv$", advantage.advantage_file, name="matrix_country_file"),
    path("figures/<slug:edition>/<str:code>.<str:format>", figures.figure, name="figure"),
]
