from django.urls import path

from ayni.exchange.views import matches, rules

urlpatterns = [
    path("demands/<int:pk>/ranking/", matches.ranking, name="ranking"),
    path("demands/<int:pk>/ranking/suggest/", matches.suggest, name="match_suggest"),
    path("matches/", matches.matches, name="matches"),
    path("matches/<int:pk>/", matches.match, name="match"),
    path("matches/<int:pk>/step/<slug:step>/", matches.match_step, name="match_step"),
    path("matches/<int:pk>/initiative/", matches.match_initiative, name="match_initiative"),
    path("matching-rules/", rules.rules, name="rules"),
    path("matching-rules/new/", rules.rules_new, name="rules_new"),
    path("matching-rules/<int:version>/in-force/", rules.rules_in_force_step, name="rules_in_force"),
]
