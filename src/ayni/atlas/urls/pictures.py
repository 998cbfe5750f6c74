"""Pages that draw an edition, and the files of its figures."""

from django.urls import path

from ayni.atlas.views import figures, pictures

urlpatterns = [
    path("map/", pictures.map_page, name="map"),
    path("figures/<slug:edition>/<str:code>.<str:format>", figures.figure, name="figure"),
]
