"""The recipient's opinion of an initiative: asked from its evaluation, and its answers together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, tried
from ayni.common.permissions import EVALUATE, RUN_ROUNDS, may
from ayni.common.published import published
from ayni.learning.models import EvaluationState
from ayni.learning.queries.evaluations.lifecycle import is_over
from ayni.learning.queries.evaluations.reading import reads_drafts
from ayni.learning.views.evaluations.door import allowed, find, frame
from ayni.surveys.actions import opinion_surveys as actions
from ayni.surveys.forms.opinion_surveys import OpinionSurveyForm
from ayni.surveys.models import RoundStatus
from ayni.surveys.queries.opinion_surveys import SCALE, asked_institutions, opinion, responses_of, survey_of
from ayni.surveys.queries.responses import may_follow


@published()
def opinion_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the evaluation asks, who has answered, and what the answers say; before that, the form that asks them."""
    found = find(request, pk)
    round_ = survey_of(found)
    writes = may(request.user, EVALUATE, found) and not is_over(found.initiative)
    may_open = writes and round_ is None and found.state != EvaluationState.PUBLISHED
    form = OpinionSurveyForm(posted(request)) if may_open else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(EVALUATE)
        if form.is_valid() and tried(
            form,
            lambda: actions.open_opinion_survey(
                by=current_user(request), evaluation=found, deadline=form.cleaned_data["deadline"]
            ),
        ):
            messages.success(request, _("The recipient is asked."))
            return redirect("opinion_survey", pk)
    drafts = reads_drafts(request.user, found.initiative)
    rows = responses_of(round_) if round_ and drafts else []
    context = frame(request, found) | {
        "round": round_,
        "form": form,
        "asked": asked_institutions(found.initiative) if may_open else [],
        "rows": [{"response": one, "may_open": may_follow(request.user, one)} for one in rows],
        "opinion": opinion(round_) if round_ else None,
        "scale": SCALE,
        "may_close": writes and round_ is not None and round_.status == RoundStatus.OPEN,
        "may_run": may(request.user, RUN_ROUNDS),
    }
    return render(request, "surveys/opinions/opinion.html", context)


@requires(EVALUATE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody answers any more."""
    found = allowed(request, pk, EVALUATE)
    attempt(
        request,
        lambda: actions.close_opinion_survey(by=current_user(request), evaluation=found),
        _("The survey is closed."),
    )
    return redirect("opinion_survey", pk)
