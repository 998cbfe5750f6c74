"""Editions of the diagnosis as the secretariat makes them: drafted, frozen, verified, published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.common.access import attempt, posted, requires
from ayni.common.errors import Refused
from ayni.common.permissions import PUBLISH, READ_DRAFTS, may
from ayni.surveys.actions import editions as actions
from ayni.surveys.forms.review import EditionForm
from ayni.surveys.models import DiagnosisEdition, EditionStatus, Round, RoundStatus
from ayni.surveys.queries import editions as queries
from ayni.surveys.queries.content.assemble import edition_content
from ayni.surveys.queries.rounds import progress

SHOWN = 50


@requires(READ_DRAFTS)
def editions(request: HttpRequest, code: str) -> HttpResponse:
    """The editions made from a round."""
    round_ = get_object_or_404(Round, code=code)
    context = {
        "round": round_,
        "editions": queries.editions_of(round_),
        "progress": progress(round_.responses.all()),
        "may_publish": may(request.user, PUBLISH),
    }
    return render(request, "surveys/rounds/editions.html", context | _frame(round_))


@requires(PUBLISH)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Start a draft."""
    round_ = get_object_or_404(Round.objects.select_related("previous"), code=code)
    form = EditionForm(posted(request), initial=_proposed(round_))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            edition = actions.create_edition(
                by=request.user,
                round=round_,
                code=values["code"],
                title=form.text("title"),
                previous=values["previous"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft follows the round until it is frozen."))
            return redirect("round_edition", code, edition.code)
    context = {
        "form": form,
        "title": _("New edition"),
        "lede": _("A draft shows what the round gives today; freezing it keeps that for ever, with a checksum."),
        "submit": _("Start the draft"),
        "cancel_url": reverse("round_editions", args=[code]),
    }
    return render(request, "surveys/rounds/form.html", context | _frame(round_))


@requires(READ_DRAFTS)
def edition(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """One edition: what it holds and leaves out, what changed since the one before, and its next step."""
    found = _edition(code, edition)
    content = edition_content(found)
    left_out = queries.left_out(found.round)
    context = {
        "edition": found,
        "round": found.round,
        "content": content,
        "change": queries.named_change(content),
        "left_out": left_out[:SHOWN],
        "left_out_count": content["quality"]["responses"] - content["quality"]["validated"],
        "verification": queries.verification(found) if "verify" in request.GET and found.content else None,
        "may_publish": may(request.user, PUBLISH),
        "may_freeze": found.status == EditionStatus.DRAFT and found.round.status == RoundStatus.CLOSED,
    }
    frame = _frame(found.round)
    frame["crumbs"].append({"label": _("Editions"), "url": reverse("round_editions", args=[code])})
    return render(request, "surveys/rounds/edition.html", context | frame)


@requires(PUBLISH)
@require_POST
def step(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Freeze, publish or discard, as the button says."""
    found = _edition(code, edition)
    verbs = {
        "freeze": (actions.freeze_edition, _("The edition is frozen.")),
        "publish": (actions.publish_edition, _("The edition is published.")),
        "discard": (actions.discard_edition, _("The draft is discarded.")),
    }
    act, done = verbs.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        messages.error(request, _("Nothing was done: use one of the buttons."))
    elif attempt(request, lambda: act(by=request.user, edition=found), done) and act is actions.discard_edition:
        return redirect("round_editions", code)
    return redirect("round_edition", code, edition)


def _edition(code: str, edition: str) -> DiagnosisEdition:
    return get_object_or_404(
        DiagnosisEdition.objects.select_related("round__version__instrument", "previous", "frozen_by"),
        code=edition,
        round__code=code,
    )


def _proposed(round_: Round) -> dict[str, Any]:
    """What a new edition most likely is: the round's title, after the edition of the round before."""
    last = DiagnosisEdition.objects.exclude(status=EditionStatus.DRAFT).defer("content")
    previous = last.filter(round=round_.previous).first() if round_.previous else last.first()
    return {"code": round_.code, "previous": previous, **EditionForm.spread("title", round_.title)}


def _frame(round_: Round) -> dict[str, Any]:
    return {
        "fictional": round_.fictional,
        "demo": round_.fictional,
        "crumbs": [
            {"label": _("Rounds"), "url": reverse("rounds")},
            {"label": str(round_), "url": reverse("round", args=[round_.code])},
        ],
    }
