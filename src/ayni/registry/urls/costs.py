"""Addresses of contributions, costs, rates and process indicators; before those of initiatives, whose codes are no words."""

from django.urls import path

from ayni.registry.views import contributions, costs, process, rate_file, rates

ONE = "initiatives/<slug:code>/"

urlpatterns = [
    path("initiatives/costs/", costs.costs, name="costs"),
    path("initiatives/process/", process.network_process, name="network_process"),
    path(f"{ONE}contributions/", contributions.contributions, name="contributions"),
    path(f"{ONE}contributions/add/", contributions.contribution_add, name="contribution_add"),
    path(f"{ONE}contributions/<int:pk>/", contributions.contribution_edit, name="contribution_edit"),
    path(f"{ONE}contributions/<int:pk>/remove/", contributions.contribution_remove, name="contribution_remove"),
    path(f"{ONE}contributions/<int:pk>/execute/", contributions.contribution_execute, name="contribution_execute"),
    path(f"{ONE}process/", process.process, name="process"),
    path("rates/", rates.rates, name="rates"),
    path("rates/keep/", rates.rate_keep, name="rate_keep"),
    path("rates/load/", rate_file.rates_load, name="rates_load"),
    path("rates/<int:pk>/remove/", rates.rate_remove, name="rate_remove"),
    path("daily-costs/", rates.daily_costs, name="daily_costs"),
    path("daily-costs/keep/", rates.daily_cost_keep, name="daily_cost_keep"),
    path("daily-costs/<int:pk>/remove/", rates.daily_cost_remove, name="daily_cost_remove"),
]
