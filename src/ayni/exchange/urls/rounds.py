"""Exchange rounds: the round, its delegations, its matrix and its timetable."""

from django.urls import path

from ayni.exchange.views.rounds import delegations, matrix, meetings, rounds, setup, timetable

ROUND = "exchange/rounds/<slug:code>/"
DELEGATION = ROUND + "delegations/<slug:delegation>/"
urlpatterns = [
    path("exchange/rounds/", rounds.rounds, name="exchange_rounds"),
    path("exchange/rounds/new/", rounds.new, name="exchange_round_new"),
    path(ROUND, rounds.round_page, name="exchange_round"),
    path(ROUND + "edit/", rounds.edit, name="exchange_round_edit"),
    path(ROUND + "setup/", setup.setup, name="exchange_round_setup"),
    path(ROUND + "step/<slug:step>/", rounds.step, name="exchange_round_step"),
    path(DELEGATION, delegations.delegation, name="round_delegation"),
    path(DELEGATION + "edit/", delegations.edit, name="round_delegation_edit"),
    path(DELEGATION + "interests/new/", delegations.interest_new, name="interest_new"),
    path(DELEGATION + "interests/<int:number>/", delegations.interest_edit, name="interest_edit"),
    path(DELEGATION + "interests/<int:number>/withdraw/", delegations.interest_withdraw, name="interest_withdraw"),
    path(ROUND + "matrix/", matrix.matrix, name="round_matrix"),
    path(ROUND + "matrix/<slug:topic>/", matrix.topic, name="round_topic"),
    path(ROUND + "timetable/", timetable.timetable, name="round_timetable"),
    path(ROUND + "timetable/plan/", timetable.plan, name="round_plan"),
    path(ROUND + "timetable/repair/", timetable.repair, name="round_repair"),
    path(ROUND + "timetable/late/", timetable.late, name="round_late"),
    path(ROUND + "timetable/late/rooms/<int:number>/", timetable.room_loss, name="room_loss"),
    path(ROUND + "timetable/versions/<int:number>/", timetable.version, name="round_timetable_version"),
    path(ROUND + "meetings/<int:number>/", meetings.meeting, name="round_meeting"),
]
