"""The life of a response on its institution's side: begun, submitted, withdrawn, validated or contested.

draft -> submitted -> accepted -> proposed to its institution -> validated; the secretariat returns, accepts and proposes
(actions/review.py).
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import ANSWER, VALIDATE, require
from ayni.directory.models import Institution
from ayni.surveys.models import Response, ResponseStatus, Round, RoundStatus
from ayni.surveys.queries.responses import WITH_THE_RESPONDENT, is_frozen, read_response

# What the record calls it: from which states, to which. Those of the secretariat are in actions/review.py.
MOVES = {
    "response submitted": (WITH_THE_RESPONDENT, ResponseStatus.SUBMITTED),
    "response withdrawn": (frozenset({ResponseStatus.SUBMITTED}), ResponseStatus.DRAFT),
    "response validated": (frozenset({ResponseStatus.ACCEPTED}), ResponseStatus.VALIDATED),
    "response contested": (frozenset({ResponseStatus.ACCEPTED}), ResponseStatus.CONTESTED),
}
LONGEST_REASON = 4_000


@transaction.atomic
def begin_response(*, by: Any, round: Round, institution: Institution) -> Response:
    """The response of an institution to a round; made when there is none yet.

    Raises PermissionDenied, or Refused when the institution is not invited.
    """
    if by is not None:
        require(by, ANSWER, institution)
    standing = Response.objects.filter(round=round, institution=institution).first()
    if standing is not None:
        return standing
    if round.status != RoundStatus.OPEN:
        raise Refused(_("The round is not open: answers can be neither given nor changed."))
    if not round.invitations.filter(institution=institution).exists():
        raise Refused(
            _("%(institution)s is not invited to this round. Ask the secretariat for an invitation.")
            % {"institution": institution}
        )
    response, is_new = Response.objects.get_or_create(round=round, institution=institution)
    if is_new:
        record(by=by, verb="response begun", on=response, after=snapshot(response), public=False)
    return response


@transaction.atomic
def submit_response(*, by: Any, response: Response) -> Response:
    """Hand the answers to the secretariat. After the deadline too, as long as the round is open.

    Raises Refused while required answers are missing, an answer cannot stand, or two versions of one wait for a choice.
    """
    if by is not None:
        require(by, ANSWER, response)
    response = locked_open(response)
    state = read_response(response)
    if not state.is_ready:
        missing = sum(len(section.missing) for section in state.asked_sections)
        if missing:
            raise Refused(_("Not submitted: required answers are missing. They are listed below."))
        raise Refused(_("Not submitted: some answers need your attention. They are listed below."))
    response.submitted_at, response.submitted_by = timezone.now(), by
    if response.period_from is None:
        response.period_from, response.period_to = response.round.period_from, response.round.period_to
    return _move(by, response, "response submitted")


@transaction.atomic
def withdraw_response(*, by: Any, response: Response) -> Response:
    """Take a submitted response back to change it. Raises Refused once the secretariat has accepted it, or the round is closed."""
    if by is not None:
        require(by, ANSWER, response)
    response = locked(response)
    if response.round.status != RoundStatus.OPEN:
        raise Refused(_("The round is closed: the answers can no longer be changed. Write to the secretariat."))
    response.submitted_at = response.submitted_by = None
    return _move(by, response, "response withdrawn")


@transaction.atomic
def validate_response(*, by: Any, response: Response) -> Response:
    """Agree to what will be published about the institution. Raises Refused unless the response is accepted."""
    if by is not None:
        require(by, VALIDATE, response)
    response = _proposed(response)
    # Held, as freezing holds it: what is frozen is what was validated by then.
    round_ = Round.objects.select_for_update().get(pk=response.round_id)
    if is_frozen(round_):
        raise Refused(_("The diagnosis of this round is frozen without this response: it can no longer be validated."))
    response.validated_at, response.validated_by = timezone.now(), by
    return _move(by, response, "response validated", public=True)


@transaction.atomic
def contest_response(*, by: Any, response: Response, reason: str) -> Response:
    """Say what is wrong in what would be published. Raises Refused without a reason, or unless the response is accepted."""
    if by is not None:
        require(by, VALIDATE, response)
    response = _proposed(response)
    response.reason = reason.strip()[:LONGEST_REASON]
    if not response.reason:
        raise Refused(_("Say what is wrong and how it should read: the secretariat corrects it from that."))
    return _move(by, response, "response contested")


def locked(response: Response) -> Response:
    """The response as it stands, held for this transaction."""
    return (
        Response.objects.select_for_update(of=("self",))
        .select_related("round__version", "institution__country")
        .get(pk=response.pk)
    )


def locked_open(response: Response) -> Response:
    """The response, held for this transaction. Raises Refused unless its institution may change it now."""
    response = locked(response)
    if response.round.status != RoundStatus.OPEN:
        raise Refused(_("The round is not open: answers can be neither given nor changed."))
    if response.status not in WITH_THE_RESPONDENT:
        raise Refused(
            _("The response is %(state)s and cannot be changed now. Withdraw it, or ask the secretariat to return it.")
            % {"state": response.get_status_display()}
        )
    return response


def _proposed(response: Response) -> Response:
    response = locked(response)
    if response.status == ResponseStatus.ACCEPTED and response.proposed_at is None:
        raise Refused(
            _("The secretariat is still preparing what will be published: it writes to you when it is ready.")
        )
    return response


def _move(by: Any, response: Response, verb: str, *, public: bool = False) -> Response:
    """Change the state, save, and record it. Raises Refused from a state that `verb` does not start from."""
    origins, target = MOVES[verb]
    before = snapshot(Response.objects.get(pk=response.pk))
    if response.status not in origins:
        raise Refused(
            _("This cannot be done now: the response is %(state)s.") % {"state": response.get_status_display()}
        )
    response.status = target
    if target != ResponseStatus.CONTESTED:
        response.reason = ""
    response.save()
    record(by=by, verb=verb, on=response, before=before, after=snapshot(response), public=public)
    return response
