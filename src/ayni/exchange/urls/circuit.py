from django.urls import path, re_path

from ayni.exchange.views import circuit, from_lesson

urlpatterns = [
    path("initiatives/<slug:code>/circuit/", circuit.circuit, name="circuit"),
    path("circuit/", circuit.circuits, name="circuits"),
    re_path(r"^circuit/(?P<iso3>[A-Z]{3})/$", circuit.country_circuit, name="country_circuit"),
    re_path(r"^circuit/(?P<iso3>[A-Z]{3})/(?P<other>[A-Z]{3})/$", circuit.pair_circuit, name="pair_circuit"),
    path("lessons/<int:pk>/offer/", from_lesson.lesson_offer, name="lesson_offer"),
]
