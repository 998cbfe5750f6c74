"""Addresses of missions and of the portfolio."""

from django.urls import path

from ayni.exchange.views import missions, portfolio

ONE = "missions/<int:pk>/"

urlpatterns = [
    path("demands/<int:pk>/mission/", missions.demand_mission, name="demand_mission"),
    path("demands/<int:pk>/mission/propose/", missions.mission_propose, name="mission_propose"),
    path("portfolio/", portfolio.portfolio_page, name="portfolio"),
    path("missions/", missions.missions, name="missions"),
    path(ONE, missions.mission, name="mission"),
    path(f"{ONE}accept/<str:side>/", missions.mission_accept, name="mission_accept"),
    path(f"{ONE}reject/", missions.mission_reject, name="mission_reject"),
    path(f"{ONE}lapse/", missions.mission_lapse, name="mission_lapse"),
    path(f"{ONE}hand-over/", missions.mission_hand_over, name="mission_hand_over"),
    path(f"{ONE}initiative/", missions.mission_initiative, name="mission_initiative"),
    path(f"{ONE}handover.json", missions.mission_handover, name="mission_handover"),
]
