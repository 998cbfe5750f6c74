from django.urls import path

from ayni.exchange.views import demands, home, notices, offers, screening

urlpatterns = [
    path("exchange/", home.exchange, name="exchange"),
    path("offers/", offers.offers, name="offers"),
    path("offers/new/", offers.offer_new, name="offer_new"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/edit/", offers.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/autosave/", offers.offer_autosave, name="offer_autosave"),
    path("offers/<int:pk>/step/<slug:step>/", offers.offer_step, name="offer_step"),
    path("demands/", demands.demands, name="demands"),
    path("demands/new/", demands.demand_new, name="demand_new"),
    path("demands/<int:pk>/", demands.demand, name="demand"),
    path("demands/<int:pk>/edit/", demands.demand_edit, name="demand_edit"),
    path("demands/<int:pk>/autosave/", demands.demand_autosave, name="demand_autosave"),
    path("demands/<int:pk>/step/<slug:step>/", demands.demand_step, name="demand_step"),
    path("demands/<int:pk>/screening/", screening.screening, name="screening"),
    path("demands/<int:pk>/screening/decide/", screening.screening_decide, name="screening_decide"),
    path("demands/<int:pk>/screening/<int:number>/", screening.screening_version, name="screening_version"),
    path("demands/<int:pk>/project/", screening.project, name="project"),
    path("notices/", notices.notices, name="notices"),
]
