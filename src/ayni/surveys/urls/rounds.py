"""Rounds, their invitations and editions, and the secretariat's side of the responses."""

from django.urls import path

from ayni.surveys.views import coding, editions, invitations, review, rounds

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
    path("rounds/<slug:code>/letters/", invitations.letters, name="round_send_again"),
    path("rounds/<slug:code>/remind/", invitations.remind, name="round_remind"),
    path("rounds/<slug:code>/codings/", coding.codings, name="codings"),
    path("rounds/<slug:code>/responses/<slug:institution>/review/", review.review, name="review"),
    path("rounds/<slug:code>/responses/<slug:institution>/code/", coding.code, name="code"),
    path("rounds/<slug:code>/responses/<slug:institution>/code/send/", coding.propose, name="propose"),
    path("rounds/<slug:code>/responses/<slug:institution>/code/<int:number>/undo/", coding.undo, name="coding_undo"),
    path("rounds/<slug:code>/editions/", editions.editions, name="round_editions"),
    path("rounds/<slug:code>/editions/new/", editions.new, name="round_edition_new"),
    path("rounds/<slug:code>/editions/<slug:edition>/", editions.edition, name="round_edition"),
    path("rounds/<slug:code>/editions/<slug:edition>/step/", editions.step, name="round_edition_step"),
]
