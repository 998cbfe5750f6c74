"""Programmes from a file: the template, the dry run, and the load."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import EDIT_PROGRAMMES
from ayni.common.published import published
from ayni.common.workbooks.safe_upload import safe_name
from ayni.directory.actions.programme_file import load_programmes
from ayni.directory.forms.programmes import ProgrammesUpload
from ayni.directory.queries.programmes.columns import TABLES
from ayni.directory.queries.programmes.explained import explained
from ayni.directory.queries.programmes.export import template_workbook
from ayni.directory.queries.programmes.plan import LoadPlan, plan_load
from ayni.directory.queries.programmes.profiles import profiles

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 400


@require_safe
@published()
def programmes_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the sheets and columns, each explained."""
    response = HttpResponse(template_workbook(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="programmes-template.xlsx"'
    return response


@requires(EDIT_PROGRAMMES)
def programmes_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    if "token" in request.POST:
        return _load(request)
    form = ProgrammesUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "sheets": explained(TABLES.values()), "profiles": profiles()}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            context |= _dry_run(request, file.read(), safe_name(file.name))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "directory/programmes/load.html", context)


def _dry_run(request: HttpRequest, data: bytes, name: str) -> dict[str, object]:
    plan = plan_load(data, by=current_user(request), name=name)
    loadable = plan.changes and not plan.refused
    token = keep(data, name=name, by=request.user, purpose=_purpose(plan.digest)) if loadable else ""
    return {"plan": plan, "parts": _parts(plan), "token": token, "name": name}


def _parts(plan: LoadPlan) -> list[dict[str, object]]:
    """For each sheet its counts, and the rows worth looking at: those refused first."""
    parts = []
    for sheet, counts in plan.counts.items():
        told = [line for line in plan.lines[sheet] if line.state != "unchanged"]
        told.sort(key=lambda line: line.state != "refused")
        parts.append({"sheet": sheet, "counts": counts, "lines": told[:MOST_SHOWN], "more": len(told[MOST_SHOWN:])})
    return parts


def _load(request: HttpRequest) -> HttpResponse:
    token, seen = request.POST["token"], request.POST.get("seen", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(seen))
        plan = load_programmes(by=current_user(request), data=file.data, name=file.name, seen=seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes_load")
    forget(token)
    number = len(plan.changes)
    told = ngettext("%(number)d row was added or changed.", "%(number)d rows were added or changed.", number)
    messages.success(request, told % {"number": number})
    return redirect("programmes")


def _purpose(seen: str) -> str:
    return f"programmes:{seen}"
