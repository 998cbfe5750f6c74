"""Pages to read: home, the diagnosis with its evidence, the source, countries, institutions, methods."""

from django.urls import path

from ayni.atlas.views import compare, countries, diagnosis, evidence, home, institutions, methods, source

urlpatterns = [
    path("", home.home, name="home"),
    path("diagnosis/", diagnosis.diagnosis, name="diagnosis"),
    path("diagnosis/<slug:code>/", diagnosis.edition, name="edition"),
    path("diagnosis/<slug:code>/evidence/<slug:table>/<str:concept>/", evidence.evidence, name="evidence"),
    path("source/", source.source, name="source"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<slug:iso3>/", countries.country, name="country"),
    path("compare/", compare.compare, name="compare"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<str:code>/", institutions.institution, name="institution"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<slug:code>/", methods.method, name="method"),
]
