"""Exchange rounds: the round, its delegations, its matrix and its timetable."""

from django.urls import path

from ayni.exchange.views.rounds import (
    actions,
    committee,
    criteria,
    delegations,
    matrix,
    meetings,
    reports,
    rounds,
    schedules,
    setup,
    timetable,
)

ROUND = "exchange/rounds/<slug:code>/"
DELEGATION = ROUND + "delegations/<slug:delegation>/"
urlpatterns = [
    path("exchange/rounds/", rounds.rounds, name="exchange_rounds"),
    path("exchange/rounds/new/", rounds.new, name="exchange_round_new"),
    path(ROUND, rounds.round_page, name="exchange_round"),
    path(ROUND + "edit/", rounds.edit, name="exchange_round_edit"),
    path(ROUND + "setup/", setup.setup, name="exchange_round_setup"),
    path(ROUND + "record/", rounds.record, name="exchange_round_record"),
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
    path(ROUND + "schedules/", schedules.schedules, name="round_schedules"),
    path(ROUND + "schedules/calendar.ics", schedules.calendar_of_all, name="round_calendar"),
    path(ROUND + "schedules/delegations/<slug:delegation>/", schedules.delegation, name="delegation_schedule"),
    path(
        ROUND + "schedules/delegations/<slug:delegation>/calendar.ics",
        schedules.calendar_of_delegation,
        name="delegation_calendar",
    ),
    path(ROUND + "schedules/rooms/<int:number>/", schedules.room, name="room_schedule"),
    path(ROUND + "schedules/rooms/<int:number>/calendar.ics", schedules.calendar_of_room, name="room_calendar"),
    path(ROUND + "meetings/<int:number>/", meetings.meeting, name="round_meeting"),
    path(ROUND + "meetings/<int:number>/forms/<slug:delegation>/", reports.report, name="meeting_report"),
    path(ROUND + "actions/", actions.actions, name="round_actions"),
    path(ROUND + "actions/<int:number>/", actions.action, name="round_action"),
    path(ROUND + "actions/<int:number>/review/", actions.review, name="action_review"),
    path(ROUND + "committee/", committee.committee, name="round_committee"),
    path("exchange/criteria/", criteria.criteria, name="committee_criteria"),
    path("exchange/criteria/edit/", criteria.edit, name="criteria_edit"),
    path("exchange/criteria/step/", criteria.step, name="criteria_step"),
]
