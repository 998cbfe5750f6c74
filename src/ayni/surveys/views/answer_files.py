"""The answers of a round as a workbook: taken away, edited, looked at, brought back."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import ANSWER, FOLLOW, READ_DRAFTS, RUN_ROUNDS, may
from ayni.common.workbooks.safe_upload import safe_name
from ayni.surveys.actions.answer_import import import_answers
from ayni.surveys.forms.answer_files import SheetUpload
from ayni.surveys.models import Round
from ayni.surveys.queries.answer_export import answers_workbook
from ayni.surveys.queries.answer_import import Plan, plan_import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 400


def _round(request: HttpRequest, code: str, *permissions: str) -> Round:
    if not any(may(request.user, permission) for permission in permissions):
        raise PermissionDenied(code)
    round_ = get_object_or_404(Round.objects.select_related("version__instrument"), code=code)
    if round_.status == "draft" and not may(request.user, RUN_ROUNDS):
        raise Http404(_("There is no such round."))
    return round_


@login_required
@require_safe
def answers_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The answers that this person may read, to be edited in a spreadsheet program."""
    round_ = _round(request, code, ANSWER, FOLLOW, READ_DRAFTS, RUN_ROUNDS)
    response = HttpResponse(answers_workbook(user=request.user, round_=round_), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="answers-{code}.xlsx"'
    return response


@login_required
def answers_import(request: HttpRequest, code: str) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: save it."""
    round_ = _round(request, code, ANSWER, RUN_ROUNDS)
    if request.method == "POST" and "token" in request.POST:
        return _save(request, round_)
    form = SheetUpload(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"round": round_, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name, data = safe_name(file.name), file.read()
        plan = plan_import(user=request.user, round_=round_, data=data, name=name)
        token = ""
        if plan.edits and not plan.refused:
            token = keep(data, name=name, by=request.user, purpose=_purpose(round_, plan.digest))
        context |= {"plan": plan, "name": name, "token": token, "groups": _groups(plan)}
    return render(request, "surveys/answer_files/import.html", context)


def _save(request: HttpRequest, round_: Round) -> HttpResponse:
    token, digest = request.POST["token"], request.POST.get("digest", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(round_, digest))
        done = import_answers(by=request.user, round=round_, data=file.data, name=file.name, seen=digest)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("answers_import", round_.code)
    forget(token)
    said = ngettext("%(count)d answer was saved.", "%(count)d answers were saved.", done.answers)
    messages.success(request, said % {"count": done.answers})
    return redirect("answers_import", round_.code)


def _purpose(round_: Round, digest: str) -> str:
    return f"answers:{round_.pk}:{digest}"


def _groups(plan: Plan) -> list[tuple[str, list[Any]]]:
    """The rows worth looking at, by sheet."""
    told = [line for line in plan.lines if line.state != "unchanged"][:MOST_SHOWN]
    return [(name, list(lines)) for name, lines in groupby(told, key=lambda line: line.sheet)]
