"""The world's flows."""

from django.urls import path

from ayni.atlas.views import flows

urlpatterns = [
    path("flows/", flows.flows, name="flows"),
    path("flows/compare/", flows.compare_flows, name="flows_compare"),
    path("flows/compare.<slug:format>", flows.comparison_file, name="flows_compare_file"),
    path("flows/coverage/", flows.how_we_know, name="flows_coverage"),
    path("flows/<slug:code>.<slug:format>", flows.flow_figure, name="flow_figure"),
]
