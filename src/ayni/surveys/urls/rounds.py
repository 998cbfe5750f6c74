"""Rounds, their invitations, and the secretariat's side of the responses."""

from django.urls import path

from ayni.surveys.views import invitations, rounds

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="round_new"),
    path("rounds/<slug:code>/", rounds.round_page, name="round"),
    path("rounds/<slug:code>/edit/", rounds.edit, name="round_edit"),
    path("rounds/<slug:code>/open/", rounds.open_, name="round_open"),
    path("rounds/<slug:code>/extend/", rounds.extend, name="round_extend"),
    path("rounds/<slug:code>/close/", rounds.close, name="round_close"),
    path("rounds/<slug:code>/reopen/", rounds.reopen, name="round_reopen"),
    path("rounds/<slug:code>/invite/", invitations.invitations, name="round_invite"),
    path("rounds/<slug:code>/invite/list/", invitations.paste, name="round_invite_list"),
    path("rounds/<slug:code>/invite/<slug:institution>/", invitations.invitation, name="invitation"),
    path("rounds/<slug:code>/invite/<slug:institution>/withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path("rounds/<slug:code>/remind/", invitations.remind, name="round_remind"),
]
