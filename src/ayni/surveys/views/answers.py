"""The form of one section of a response: read, filled in over several sittings, saved as a whole without JavaScript."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.errors import Refused
from ayni.surveys.actions.answers import Outcome, Saved, choose_version, save_answers
from ayni.surveys.actions.attachments import attach_file, remove_attachment
from ayni.surveys.actions.responses import begin_response
from ayni.surveys.formats.spec import Kind
from ayni.surveys.forms.section_form import choices_of, edits_of, fields_of, new_client
from ayni.surveys.models import Response
from ayni.surveys.queries.responses import ResponseState, SectionState, read_response
from ayni.surveys.views.conflicts import with_conflicts
from ayni.surveys.views.kept import keep_for_later, taken_back
from ayni.surveys.views.response_access import is_answerable, readable, response_url, section_url

STAYING = ("stay", "add", "remove")


def answer(request: HttpRequest, round: str, institution: str, section: str) -> HttpResponse:
    """The form of a section. Who may read but not change the response is led to its page."""
    if request.method == "POST" and not request.user.is_authenticated:
        return keep_for_later(request)
    response = readable(request, round, institution)
    if isinstance(response, HttpResponse):
        return response
    if not is_answerable(request, response):
        if request.method == "POST":
            messages.error(request, _("The answers cannot be changed now. What you sent was not saved."))
        return redirect(response_url(response))
    state = read_response(response)
    chosen = state.section(section)
    if chosen is None:
        if any(known.section.code == section for known in state.sections):
            messages.info(request, _("After your other answers this section is not asked."))
            return redirect(response_url(response))
        raise Http404
    if request.method == "POST":
        return _save(request, response, chosen)
    kept = taken_back(request)
    if kept is not None:
        messages.warning(request, _("Your session had ended. What you had written is here again: look at it and save."))
        return _page(request, state, chosen, sent=_raws(chosen, kept))
    return _page(request, state, chosen)


def _save(request: HttpRequest, response: Response, section: SectionState) -> HttpResponse:
    data = request.POST
    try:
        if response.pk is None:
            response = begin_response(by=request.user, round=response.round, institution=response.institution)
        settled = _settle(request, response, section, data)
        items = [item for item in section.items if item.code not in settled]
        results = save_answers(by=request.user, response=response, edits=edits_of(items, data))
    except (Refused, PermissionDenied) as refusal:
        problem = str(refusal) if isinstance(refusal, Refused) else _("You may not answer for this institution.")
        messages.error(request, problem)
        return _page(request, read_response(response), section, sent=_raws(section, data))
    problems = {saved.question: saved.message for saved in results if saved.outcome is Outcome.REFUSED}
    problems |= _files(request, response, section)
    state = read_response(response)
    after = state.section(section.section.code)
    if problems and after is not None:
        sent = {code: raw for code, raw in _raws(section, data).items() if code in problems}
        return _page(request, state, after, sent=sent, problems=problems)
    return _onwards(request, state, section, results, settled)


def _onwards(
    request: HttpRequest, state: ResponseState, before: SectionState, results: list[Saved], settled: set[str]
) -> HttpResponse:
    """To the next section; here again where something is left to do."""
    here = section_url(state.response, before.section.code)
    conflicts = [saved for saved in results if saved.outcome is Outcome.CONFLICT]
    if conflicts:
        messages.warning(
            request,
            ngettext(
                "Somebody else changed an answer in the meantime. Both versions are below: choose one.",
                "Somebody else changed %(count)d answers in the meantime. Both versions are below: choose one of each.",
                len(conflicts),
            )
            % {"count": len(conflicts)},
        )
        return redirect(f"{here}#q-{conflicts[0].question}")
    if any(saved.outcome is Outcome.SAVED for saved in results):
        messages.success(request, _("Your answers are saved."))
    after = state.section(before.section.code)
    opened = _opened(before, after)
    if opened:
        messages.info(request, _("After your answer there is something more to ask here."))
        return redirect(f"{here}#q-{opened}")
    if settled:
        return redirect(f"{here}#q-{min(settled)}")
    pressed = next((name for name in STAYING if name in request.POST), None)
    if pressed is not None:
        return redirect(f"{here}#{_anchor(request.POST.get(pressed, ''))}")
    sections = state.asked_sections
    following = [one for one in sections if one.section.position > before.section.position]
    if following:
        return redirect(section_url(state.response, following[0].section.code))
    return redirect(response_url(state.response))


def _opened(before: SectionState, after: SectionState | None) -> str:
    """The first question that the answers opened just now and that is not answered yet; empty when there is none."""
    shown = {item.code for item in before.items if item.is_asked}
    new = [item.code for item in (after.asked if after else []) if item.code not in shown and not item.is_answered]
    return new[0] if new else ""


def _anchor(pressed: str) -> str:
    return f"q-{pressed.split('.')[0]}" if pressed else "save"


def _settle(request: HttpRequest, response: Response, section: SectionState, data: QueryDict) -> set[str]:
    """Apply the choices between two versions; returns the questions they settle."""
    settled = set()
    asides = {aside.revision.pk: item for item in section.items for aside in item.asides}
    for number, keep_aside in choices_of(data).items():
        item = asides.get(number)
        try:
            choose_version(
                by=request.user,
                response=response,
                aside=number,
                keep_aside=keep_aside,
                seen=_seen(data, number),
                client=data.get("client", "")[:40] or new_client(),
                sequence=1_000_000 + number,
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        if item is not None:
            settled.add(item.code)
    return settled


def _seen(data: QueryDict, number: int) -> int:
    text = data.get(f"seen.{number}", "")
    return int(text) if text.isdigit() and len(text) < 10 else -1


def _files(request: HttpRequest, response: Response, section: SectionState) -> dict[str, str]:
    """Attach and remove documents; returns what was refused."""
    problems = {}
    for item in section.items:
        if item.question.kind is not Kind.FILE:
            continue
        for number in request.POST.getlist(f"{item.code}.remove"):
            if number.isdigit():
                remove_attachment(by=request.user, response=response, attachment=int(number))
        for upload in request.FILES.getlist(item.code):
            try:
                attach_file(by=request.user, response=response, question=item.code, upload=upload)
            except Refused as refusal:
                problems[item.code] = str(refusal)
    return problems


def _raws(section: SectionState, data: QueryDict) -> dict[str, Any]:
    """What was sent, to show it again as it was."""
    return {edit.question: edit.raw for edit in edits_of(section.items, data)}


def _page(
    request: HttpRequest,
    state: ResponseState,
    section: SectionState,
    *,
    sent: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    response = state.response
    sections = state.asked_sections
    fields = fields_of(section, raws=sent, problems=problems)
    codes = [one.section.code for one in sections]
    place = codes.index(section.section.code)
    context = {
        "response": response,
        "round": response.round,
        "institution": response.institution,
        "section": section.section,
        "fields": with_conflicts(request, fields),
        "refused": [field for field in fields if field.error],
        "place": place + 1,
        "places": len(codes),
        "steps": steps(state, section.section.code),
        "is_last": place + 1 == len(codes),
        "client": new_client(),
        "late": response.round.deadline < timezone.localdate(),
        "response_url": response_url(response),
        "autosave_url": reverse("answer_autosave", args=[response.round.code, response.institution.code]),
        "crumbs": [{"label": f"{response.institution} – {response.round}", "url": response_url(response)}],
        "fictional": response.round.fictional,
        "demo": response.round.fictional,
        "suggestions": _suggestions(section),
    }
    return render(request, "surveys/answers/section.html", context, status=422 if problems else 200)


def _suggestions(section: SectionState) -> list[str]:
    """Institutions to choose from, as many as a page can carry."""
    asked = next((item.question for item in section.items if item.question.kind is Kind.INSTITUTIONS), None)
    if asked is None:
        return []
    return asked.suggested_institutions


def steps(state: ResponseState, current: str = "") -> list[dict[str, str]]:
    """The sections for the stepper."""
    return [
        {
            "label": str(section.section),
            "url": section_url(state.response, section.section.code),
            "state": _step(section, current),
            "note": _note(section),
        }
        for section in state.asked_sections
    ]


def _step(section: SectionState, current: str) -> str:
    if section.section.code == current:
        return "current"
    if section.wrong or section.conflicts:
        return "error"
    return "done" if section.is_complete else "todo"


def _note(section: SectionState) -> str:
    if section.conflicts:
        return _("Two versions of an answer wait for a choice.")
    if section.wrong:
        return _("An answer needs attention.")
    if section.missing:
        count = len(section.missing)
        return ngettext("%(count)d required answer is missing", "%(count)d required answers are missing", count) % {
            "count": count
        }
    return ""
