"""The secretariat's side of a response: returned with a reason, or accepted, coded and proposed for validation."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import CODE, RUN_ROUNDS, require
from ayni.surveys.actions.facts import derive_facts
from ayni.surveys.actions.letters import PROPOSED, RETURNED, Kind, post
from ayni.surveys.models import Response, ResponseStatus, RoundStatus
from ayni.surveys.queries.codings import response_codings, stale
from ayni.surveys.queries.recipients import recipients


@transaction.atomic
def return_response(*, by: Any, response: Response, reason: str, notify: bool = True) -> Response:
    """Give a response back to its institution, with the reason (`notify`) by e-mail.

    A submitted one, or one already accepted but not validated. Raises Refused without a reason, when there is nothing to
    return, or when the round is closed and could not be answered.
    """
    require(by, RUN_ROUNDS, response)
    response = _locked(response)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why the response is returned: the institution reads it."))
    if response.status not in (ResponseStatus.SUBMITTED, ResponseStatus.ACCEPTED, ResponseStatus.CONTESTED):
        raise Refused(
            _("Only a submitted response can be returned; this one is: %(state)s.")
            % {"state": response.get_status_display()}
        )
    if response.round.status != RoundStatus.OPEN:
        raise Refused(_("The round is closed, so nobody could correct the answers: open it again first."))
    before = snapshot(response)
    response.status = ResponseStatus.RETURNED
    response.reason = reason
    response.accepted_at = response.accepted_by = response.proposed_at = response.proposed_by = None
    response.save()
    record(by=by, verb="response returned", on=response, before=before, after=snapshot(response), public=False)
    if notify:
        _write(response, RETURNED, reason=reason)
    return response


@transaction.atomic
def accept_response(*, by: Any, response: Response) -> Response:
    """Accept a submitted response; the facts it states are derived at once. Raises Refused unless it is submitted."""
    require(by, RUN_ROUNDS, response)
    response = _locked(response)
    if response.status != ResponseStatus.SUBMITTED:
        raise Refused(
            _("Only a submitted response can be accepted; this one is: %(state)s.")
            % {"state": response.get_status_display()}
        )
    before = snapshot(response)
    response.status = ResponseStatus.ACCEPTED
    response.reason = ""
    response.accepted_at, response.accepted_by = timezone.now(), by
    response.proposed_at = response.proposed_by = None
    response.save()
    record(by=by, verb="response accepted", on=response, before=before, after=snapshot(response), public=False)
    derive_facts(by=by, response=response)
    return response


@transaction.atomic
def propose_response(*, by: Any, response: Response, notify: bool = True) -> Response:
    """Send what will be published to the institution, to validate or contest; a contested one is proposed anew.

    Raises Refused unless the response is accepted or contested, and not with its institution already.
    """
    require(by, CODE, response)
    response = _locked(response)
    if response.status not in (ResponseStatus.ACCEPTED, ResponseStatus.CONTESTED):
        raise Refused(
            _("Only an accepted response can be sent for validation; this one is: %(state)s.")
            % {"state": response.get_status_display()}
        )
    if response.status == ResponseStatus.ACCEPTED and response.proposed_at:
        raise Refused(_("The institution has it already and has not answered yet."))
    _refuse_stale(response)
    before = snapshot(response)
    response.status = ResponseStatus.ACCEPTED
    response.reason = ""
    response.proposed_at, response.proposed_by = timezone.now(), by
    response.save()
    record(by=by, verb="response proposed", on=response, before=before, after=snapshot(response), public=False)
    if notify:
        _write(response, PROPOSED)
    return response


def _refuse_stale(response: Response) -> None:
    values = dict(response.answers.values_list("question", "value"))
    for question, codings in response_codings(response).items():
        old = stale(codings, str(values.get(question) or ""))
        if old:
            raise Refused(
                _("The passage “%(passage)s” is no longer in the answer: undo its coding and code it again.")
                % {"passage": old[0].passage[:80]}
            )


def _write(response: Response, kind: Kind, **context: Any) -> None:
    invitations = response.round.invitations.filter(institution=response.institution_id)
    listed = invitations.select_related("institution").prefetch_related("institution__names")
    post(response.round, kind, recipients(listed), **context)


def _locked(response: Response) -> Response:
    return (
        Response.objects.select_for_update(of=("self",))
        .select_related("round__version", "institution")
        .get(pk=response.pk)
    )
