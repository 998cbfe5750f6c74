from django.urls import URLPattern, path

from ayni.exchange.views import home, notices, screening, supply


def _supply(kind: str) -> list[URLPattern]:
    """The same addresses for offers and for demands."""
    told = {"kind": kind}
    return [
        path(f"{kind}s/", supply.listed, told, name=f"{kind}s"),
        path(f"{kind}s/new/", supply.new, told, name=f"{kind}_new"),
        path(f"{kind}s/<int:pk>/", supply.page, told, name=kind),
        path(f"{kind}s/<int:pk>/edit/", supply.edit, told, name=f"{kind}_edit"),
        path(f"{kind}s/<int:pk>/autosave/", supply.autosave, told, name=f"{kind}_autosave"),
        path(f"{kind}s/<int:pk>/step/<slug:step>/", supply.step, told, name=f"{kind}_step"),
    ]


urlpatterns = [
    path("exchange/", home.exchange, name="exchange"),
    *_supply("offer"),
    *_supply("demand"),
    path("demands/<int:pk>/screening/", screening.screening, name="screening"),
    path("demands/<int:pk>/screening/decide/", screening.screening_decide, name="screening_decide"),
    path("demands/<int:pk>/screening/<int:number>/", screening.screening_version, name="screening_version"),
    path("demands/<int:pk>/project/", screening.project, name="project"),
    path("notices/", notices.notices, name="notices"),
]
