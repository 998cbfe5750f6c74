"""The directory as CSV: taken away by everybody, loaded after a dry run by those who edit it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import EDIT_DIRECTORY
from ayni.common.published import published
from ayni.common.sheets.lines import counts
from ayni.directory.actions.institution_file import load_institution_file
from ayni.directory.forms.institution_file import InstitutionsUpload
from ayni.directory.queries.institution_file import as_cells, directory, plan_load
from ayni.directory.queries.institution_rows import institutions_to_csv


@require_safe
@published()
def institutions_csv(request: HttpRequest) -> HttpResponse:
    """The institutions under the names in use, as CSV in UTF-8 with its mark, as spreadsheet programs want it."""
    text = institutions_to_csv(as_cells(directory()).values())
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="institutions.csv"'
    return response


@requires(EDIT_DIRECTORY)
def institutions_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    if "token" in request.POST:
        return _load(request)
    form = InstitutionsUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            context |= _dry_run(request, file.read(), file.name)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "directory/editing/load.html", context)


def _dry_run(request: HttpRequest, data: bytes, name: str) -> dict[str, object]:
    plan = plan_load(data)
    loadable = plan.changes and not plan.refused
    token = keep(data, name=name, by=request.user, purpose=_purpose(plan.digest)) if loadable else ""
    shown = [line for line in plan.lines if line.state != "unchanged"]
    told = {"lines": shown, "counts": counts(plan.lines), "refused": bool(plan.refused)}
    return {**told, "token": token, "seen": plan.digest, "name": name, "read": True}


def _load(request: HttpRequest) -> HttpResponse:
    token, seen = request.POST["token"], request.POST.get("seen", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(seen))
        number = load_institution_file(by=current_user(request), data=file.data, seen=seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("institutions_load")
    forget(token)
    told = ngettext(
        "%(number)d institution was added or changed.", "%(number)d institutions were added or changed.", number
    )
    messages.success(request, told % {"number": number})
    return redirect("institutions")


def _purpose(seen: str) -> str:
    return f"institutions:{seen}"
