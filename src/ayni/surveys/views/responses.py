"""The page of a response: how far it is, the answers as they read, and what is done with them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.common.permissions import ANSWER, VALIDATE, may
from ayni.common.published import published
from ayni.common.record.verbs import sentence
from ayni.surveys.actions.responses import (
    contest_response,
    submit_response,
    validate_response,
    withdraw_response,
)
from ayni.surveys.forms.responses import ContestForm
from ayni.surveys.models import Response, ResponseStatus, Round, RoundStatus
from ayni.surveys.queries.publication import publication
from ayni.surveys.queries.responses import ResponseState, is_frozen, is_open, may_follow, read_response
from ayni.surveys.views.answers import steps
from ayni.surveys.views.response_access import followed, readable, response_url, section_url

SHOWS_PUBLICATION = frozenset({ResponseStatus.ACCEPTED, ResponseStatus.CONTESTED, ResponseStatus.VALIDATED})


@published()
def response(request: HttpRequest, round: str, institution: str) -> HttpResponse:
    """A response, for its institution, those who follow it, and everybody once it is part of a published edition."""
    found = readable(request, round, institution)
    if isinstance(found, HttpResponse):
        return found
    return _page(request, found)


@require_POST
def submit(request: HttpRequest, round: str, institution: str) -> HttpResponse:
    """Hand the answers in."""

    def act(found: Response) -> None:
        submit_response(by=request.user, response=found)

    thanks = _("Submitted. Thank you: the secretariat reads your answers now.")
    if Round.objects.filter(code=round, evaluation__isnull=False).exists():
        thanks = _("Submitted. Thank you: the evaluation reads your answers.")
    return _do(request, round, institution, act, thanks)


@require_POST
def withdraw(request: HttpRequest, round: str, institution: str) -> HttpResponse:
    """Take a submitted response back."""

    def act(found: Response) -> None:
        withdraw_response(by=request.user, response=found)

    return _do(
        request, round, institution, act, _("Withdrawn: you can change your answers again. Do not forget to submit.")
    )


@require_POST
def validate(request: HttpRequest, round: str, institution: str) -> HttpResponse:
    """Agree to what will be published."""

    def act(found: Response) -> None:
        validate_response(by=request.user, response=found)

    return _do(request, round, institution, act, _("Validated. Thank you: it can be published now."))


@require_POST
def contest(request: HttpRequest, round: str, institution: str) -> HttpResponse:
    """Say what is wrong in what would be published."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path.removesuffix("contest/"))
    found = followed(request, round, institution)
    form = ContestForm(request.POST)
    if not form.is_valid():
        return _page(request, found, contest_form=form, status=422)
    try:
        contest_response(by=request.user, response=found, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent. The secretariat corrects it and sends it to you again."))
    return redirect(response_url(found))


def _do(
    request: HttpRequest, round: str, institution: str, act: Callable[[Response], None], success: str
) -> HttpResponse:
    """Do what a button asks for and say what came of it. Raises Http404 and PermissionDenied."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path.rstrip("/").rpartition("/")[0] + "/")
    found = followed(request, round, institution)
    try:
        if found.pk is None:
            raise Refused(_("Nothing has been answered yet: begin with the first section."))
        act(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)
    return redirect(response_url(found))


def _page(
    request: HttpRequest, found: Response, *, contest_form: ContestForm | None = None, status: int = 200
) -> HttpResponse:
    state = read_response(found)
    follows = may_follow(request.user, found)
    answers = may(request.user, ANSWER, found)
    too_late = found.status == ResponseStatus.ACCEPTED and is_frozen(found.round)
    context: dict[str, Any] = {
        "response": found,
        "round": found.round,
        "institution": found.institution,
        "state": state,
        "follows": follows,
        "may_answer": answers and is_open(found),
        "may_withdraw": answers and found.status == ResponseStatus.SUBMITTED and found.round.status == RoundStatus.OPEN,
        "may_validate": found.status == ResponseStatus.ACCEPTED
        and found.proposed_at is not None
        and not too_late
        and may(request.user, VALIDATE, found),
        "too_late": too_late,
        "late": is_open(found) and found.round.deadline < timezone.localdate(),
        "next": _next(state) if answers else None,
        "todo": _todo(state) if follows else [],
        "steps": steps(state),
        "fictional": found.round.fictional,
        "demo": found.round.fictional,
        "contest_form": contest_form or ContestForm(),
    }
    if found.pk and found.status in SHOWS_PUBLICATION:
        context["publication"] = publication(found)
    if found.pk and follows:
        context["events"] = _events(history(found)[:50])
    return render(request, "surveys/answers/response.html", context, status=status)


def _next(state: ResponseState) -> str:
    """The address of the first section that is not complete, or of the first."""
    sections = state.asked_sections
    todo = next((one for one in sections if not one.is_complete), sections[0] if sections else None)
    return section_url(state.response, todo.section.code) if todo else ""


def _todo(state: ResponseState) -> list[dict[str, Any]]:
    """What stands in the way of submitting, by section, each with the way to it."""
    found = []
    for section in state.asked_sections:
        url = section_url(state.response, section.section.code)
        lines = [
            {"url": f"{url}#q-{item.code}", "label": str(item.question.row), "why": why}
            for items, why in (
                (section.conflicts, _("two versions wait for a choice")),
                (section.wrong, _("needs attention")),
                (section.missing, _("not answered")),
            )
            for item in items
        ]
        if lines:
            found.append({"section": str(section.section), "lines": lines})
    return found


def _events(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    return [
        {
            "when": event.at,
            "who": event.actor_name,
            "what": sentence(event.verb),
            "note": (event.after or {}).get("reason", ""),
        }
        for event in events
    ]
