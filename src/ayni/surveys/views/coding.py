"""Coding the answers in words of one response, and everything coded in a round."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ayni.common.access import attempt, requires
from ayni.common.errors import Refused
from ayni.common.permissions import CODE, READ_DRAFTS
from ayni.directory.models import ConceptScheme
from ayni.surveys.actions.coding import code_passage, undo_coding
from ayni.surveys.actions.review import propose_response
from ayni.surveys.forms.review import CodingForm, CodingsFilter
from ayni.surveys.models import Coding, Kind, Question, Response, ResponseStatus, Round
from ayni.surveys.queries import codings as queries
from ayni.surveys.views.review import frame, response_of

PAGE = 50


@requires(CODE)
def code(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """Each answer in words with its codings, and a form for one more. A refused form keeps what was entered."""
    response = response_of(code, institution)
    refused: CodingForm | None = None
    if request.method == "POST":
        asked = get_object_or_404(Question, version=response.round.version_id, code=request.POST.get("question", ""))
        refused = _coded(request, response, asked)
        if refused is None:
            return redirect(f"{reverse('code', args=[code, institution])}#{asked.code}")
    context = {
        **frame(response),
        "answers": _answers(response, refused),
        "chosen": _chosen(response),
        "may_change": _may_change(response),
        "may_propose": _may_propose(response),
    }
    return render(request, "surveys/rounds/code.html", context)


@requires(CODE)
@require_POST
def undo(request: HttpRequest, code: str, institution: str, number: int) -> HttpResponse:
    coding = get_object_or_404(
        Coding.objects.select_related("response__institution", "question", "concept"),
        pk=number,
        response__round__code=code,
        response__institution__code=institution,
    )
    place = coding.question.code if coding.question else ""
    attempt(
        request, lambda: undo_coding(by=request.user, coding=coding), _("The coding is undone; the record keeps it.")
    )
    return redirect(f"{reverse('code', args=[code, institution])}#{place}")


@requires(CODE)
@require_POST
def propose(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """Send what will be published to the institution."""
    response = response_of(code, institution)
    done = attempt(
        request,
        lambda: propose_response(by=request.user, response=response),
        _("The institution is asked to validate what will be published."),
    )
    return redirect("round", code) if done else redirect("code", code, institution)


@requires(READ_DRAFTS)
def codings(request: HttpRequest, code: str) -> HttpResponse:
    """Every coding of a round by category, and how far its coders agree."""
    round_ = get_object_or_404(Round, code=code)
    titles = {
        scheme.code: str(scheme)
        for scheme in ConceptScheme.objects.filter(code__in=queries.SCHEMES).order_by("version")
    }
    form = CodingsFilter(request.GET, titles=titles)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.round_codings(round_, scheme=asked.get("scheme", ""), by_people=asked.get("people", False))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    number = page.paginator.count
    context = {
        "round": round_,
        "fictional": round_.fictional,
        "demo": round_.fictional,
        "crumbs": [
            {"label": _("Rounds"), "url": reverse("rounds")},
            {"label": str(round_), "url": reverse("round", args=[code])},
        ],
        "filter": form,
        "filtering": any(asked.values()),
        "page_obj": page,
        "result": ngettext("%(number)d coding", "%(number)d codings", number) % {"number": number},
        "pairs": queries.coder_agreement(round_),
    }
    return render(request, "surveys/rounds/codings.html", context)


def _coded(request: HttpRequest, response: Response, question: Question) -> CodingForm | None:
    """Code the passage sent. Returns the form when it is refused."""
    form = CodingForm(request.POST, prefix=question.code, offered=[])
    if form.is_valid():
        values = form.cleaned_data
        try:
            code_passage(by=request.user, response=response, question=question, **values)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The passage is coded."))
            return None
    return form


def _answers(response: Response, refused: CodingForm | None) -> list[dict[str, Any]]:
    """What the page shows of each answer in words."""
    codings = queries.response_codings(response)
    rows = response.answers.filter(question__kind=Kind.LONG_TEXT).exclude(value=None).order_by("question__position")
    questions = list(response.round.version.questions.all())
    vocabularies = queries.vocabularies()
    shown = []
    for answer in rows.select_related("question"):
        question, text = answer.question, str(answer.value)
        offered = queries.offered(question, questions, vocabularies)
        form = CodingForm(prefix=question.code, offered=offered)
        if refused is not None and refused.prefix == question.code:
            form = CodingForm(refused.data, prefix=question.code, offered=offered)
            form.full_clean()
            for error in refused.non_field_errors():
                form.add_error(None, error)
        made = codings.get(question.pk, [])
        old = {coding.pk for coding in queries.stale(made, text)}
        shown.append(
            {
                "question": question,
                "stretches": queries.stretches(text, made),
                "codings": [(coding, coding.pk in old) for coding in queries.by_hand(made)],
                "disagreements": queries.disagreements(made),
                "form": form,
            }
        )
    return shown


def _chosen(response: Response) -> list[tuple[Question, list[Coding]]]:
    """What the respondent chose from vocabularies, by question."""
    found: dict[int, tuple[Question, list[Coding]]] = {}
    rows = response.codings.filter(coder_name=queries.RESPONDENT).select_related("question", "concept")
    for coding in rows.order_by("question__position", "concept__position"):
        if coding.question is not None:
            found.setdefault(coding.question.pk, (coding.question, []))[1].append(coding)
    return list(found.values())


def _may_change(response: Response) -> bool:
    if response.status == ResponseStatus.ACCEPTED:
        return response.proposed_at is None
    return response.status in (ResponseStatus.SUBMITTED, ResponseStatus.CONTESTED)


def _may_propose(response: Response) -> bool:
    return _may_change(response) and response.status != ResponseStatus.SUBMITTED
