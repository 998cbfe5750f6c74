"""Evaluations: those of an initiative with what remains of it, one of them, and the list of the network."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.desk import url
from ayni.common.i18n import text_in
from ayni.common.permissions import APPROVE_INITIATIVES, EVALUATE, KEEP_INITIATIVES, may
from ayni.common.published import published
from ayni.learning.forms.evaluations import DesignForm, EvaluationFilter
from ayni.learning.models import Criterion, Evaluation, EvaluationState, When
from ayni.learning.queries.evaluations import reading as queries
from ayni.learning.queries.evaluations.authors import writes_report
from ayni.learning.queries.evaluations.checks import sides
from ayni.learning.queries.evaluations.lifecycle import is_over, open_steps
from ayni.learning.queries.evaluations.missing import missing
from ayni.learning.queries.evaluations.parties import excepted, institutions_of
from ayni.learning.views.evaluations.door import find, frame
from ayni.registry.queries.initiatives.guards import lacking
from ayni.registry.queries.initiatives.lifecycle import STEPS as INITIATIVE_STEPS
from ayni.registry.views.initiatives.door import find as find_initiative
from ayni.registry.views.initiatives.door import frame as initiative_frame

PAGE = 25
QUESTIONS = ("country", "instrument", "when", "state", "independent", "page")
# Steps of an initiative that an evaluation or a check holds up.
GUARDED = {"formulation": "approve", "closure": "follow", "ex-post": "archive"}


@published(*QUESTIONS)
def evaluations(request: HttpRequest) -> HttpResponse:
    """The evaluations that the reader may see, of every initiative."""
    form = EvaluationFilter(request.GET, countries=queries.countries_evaluated())
    asked = form.asked()
    rows = queries.filtered(queries.evaluations_for(request.user), **asked)
    page = Paginator(queries.with_names(rows).order_by(F("planned_on").desc(nulls_last=True), "-id"), PAGE).get_page(
        request.GET.get("page")
    )
    count = page.paginator.count
    fictional = any(one.initiative.fictional for one in page.object_list)
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "result": ngettext("%(number)d evaluation", "%(number)d evaluations", count) % {"number": count},
        "demo": True,
        "fictional": fictional,
    }
    return render(request, "learning/evaluations/list.html", context)


@published()
def of_initiative(request: HttpRequest, code: str) -> HttpResponse:
    """An initiative's evaluations by their moment, and what remains of it in each country over time."""
    found = find_initiative(request, code)
    rows = list(queries.evaluations_of(request.user, found))
    drafts = queries.reads_drafts(request.user, found)
    held_up = GUARDED.get(found.state, "")
    context = initiative_frame(request, found, "evaluations") | {
        "moments": [{"label": moment.label, "rows": [one for one in rows if one.when == moment]} for moment in When],
        "any": bool(rows),
        "sides": sides(found, request.user, timezone.localdate()),
        "lacking": lacking(found, held_up) if held_up and drafts else [],
        "held_up": next((step.label for step in INITIATIVE_STEPS if step.code == held_up), ""),
        "may_evaluate": may(request.user, EVALUATE, found) and not is_over(found),
        "is_over": is_over(found),
    }
    return render(request, "learning/evaluations/initiative.html", context)


@published()
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """An evaluation: what it asked, what it found, how the six criteria are judged, what the parties say and do."""
    found = find(request, pk)
    user, over = request.user, is_over(found.initiative)
    main = next((step for step in open_steps(user, found) if step.main), None)
    writes = may(user, EVALUATE, found) and not over
    commissions = may(user, APPROVE_INITIATIVES, found) and not over
    context = frame(request, found) | {
        "turn": queries.turn_of(found),
        "steps": sorted(
            (step for step in open_steps(user, found) if step.code != "commission"), key=lambda step: not step.main
        ),
        "may_commission": commissions and found.state == EvaluationState.DESIGNED,
        "may_edit": writes and found.state == EvaluationState.DESIGNED,
        "may_report": found.state == EvaluationState.DRAFT and not over and writes_report(user, found),
        "lacking": missing(found, main.code) if main else [],
        "main": main,
        "asked": [
            {"term": one.label, "value": text_in(getattr(found, one.stem))}
            for one in DesignForm.texts
            if one.stem != "title"
        ],
        "found": [
            {"term": _("About the process"), "value": text_in(found.process_findings)},
            {"term": _("About the results"), "value": text_in(found.findings)},
            {"term": _("Recommendations"), "value": text_in(found.recommendations)},
        ],
        "criteria": _criteria(found),
        "responses": _responses(request, found, over),
        "excepted": [one.with_country for one in excepted(found)] if found.state == EvaluationState.RESPONSE else [],
        "survey_url": url("opinion_survey", found.pk),
    }
    return render(request, "learning/evaluations/evaluation.html", context)


def _criteria(found: Evaluation) -> list[dict[str, Any]]:
    judged = {one.criterion: one for one in found.scores.all()}
    return [{"criterion": one, "judged": judged.get(one.value)} for one in Criterion]


def _responses(request: HttpRequest, found: Evaluation, over: bool) -> list[dict[str, Any]]:
    """Each party with its response, and whether the reader writes it; nothing before the report is sent to them."""
    if found.state not in (EvaluationState.RESPONSE, EvaluationState.PUBLISHED):
        return []
    given = {one.institution_id: one for one in found.responses.all()}
    waiting = found.state == EvaluationState.RESPONSE and not over
    return [
        {
            "institution": one,
            "given": given.get(one.pk),
            "may_respond": waiting and may(request.user, KEEP_INITIATIVES, one),
            "may_finish": one.pk in given
            and bool(given[one.pk].measures)
            and given[one.pk].done_on is None
            and may(request.user, KEEP_INITIATIVES, one),
        }
        for one in institutions_of(found.initiative)
    ]
