from django.urls import path

from ayni.registry.views.declarations import disputes, sides, statistics

ONE = "initiatives/<slug:code>/declarations/"

urlpatterns = [
    path("initiatives/statistics/", statistics.statistics, name="initiative_statistics"),
    path("initiatives/statistics.csv", statistics.statistics_file, name="initiative_statistics_file"),
    path(ONE, sides.declarations, name="declarations"),
    path(f"{ONE}publish/", sides.publish, name="record_publish"),
    path(f"{ONE}same-as/<slug:other>/", sides.merge, name="record_merge"),
    path(f"{ONE}disputes/<int:pk>/propose/", disputes.propose, name="dispute_propose"),
    path(f"{ONE}disputes/<int:pk>/mediate/", disputes.mediate, name="dispute_mediate"),
    path(f"{ONE}disputes/<int:pk>/<slug:step>/", disputes.dispute_step, name="dispute_step"),
    path(f"{ONE}<str:country>/declare/", sides.declare, name="record_declare"),
    path(f"{ONE}<str:country>/confirm/", sides.confirm, name="record_confirm"),
    path(f"{ONE}<str:country>/dispute/", sides.dispute, name="record_dispute"),
]
