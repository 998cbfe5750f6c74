"""Terms from a CSV file: a dry run line by line, then a draft from the file that was looked at (R22)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import EDIT_VOCABULARIES, require
from ayni.common.sheets.lines import counts
from ayni.directory.actions.vocabulary_versions import load_version
from ayni.directory.forms.vocabularies import CsvUpload
from ayni.directory.models import ConceptScheme
from ayni.directory.queries.vocabularies import loading, scheme_for
from ayni.directory.queries.vocabulary_rows import terms_from_csv


@login_required
def vocabulary_load(request: HttpRequest, code: str) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would make. POST with the token of that: make the draft."""
    require(request.user, EDIT_VOCABULARIES)
    scheme = scheme_for(request.user, code)
    if request.method == "POST" and "token" in request.POST:
        return _make(request, scheme)
    form = CsvUpload(request.POST or None, request.FILES or None)
    context = {"form": form, "scheme": scheme}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            context |= _dry_run(request, scheme, file.read(), file.name, form.cleaned_data["source"])
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "directory/vocabularies/load.html", context)


def _dry_run(request: HttpRequest, scheme: ConceptScheme, data: bytes, name: str, source: str) -> dict[str, object]:
    read = terms_from_csv(data)
    lines = loading(scheme, read)
    token = "" if read.problems else keep(data, name=name, by=request.user, purpose=_purpose(scheme.code, source))
    shown = [line for line in lines if line.state != "unchanged"]
    return {"lines": shown, "counts": counts(lines), "token": token, "source": source, "name": name, "read": True}


def _make(request: HttpRequest, scheme: ConceptScheme) -> HttpResponse:
    token, source = request.POST["token"], request.POST.get("source", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(scheme.code, source))
        rows = [row for _number, row in terms_from_csv(file.data).rows]
        draft = load_version(by=request.user, code=scheme.code, rows=rows, source=source)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("vocabulary_load", scheme.code)
    forget(token)
    messages.success(request, _("The draft stands. Look through it before putting it in force."))
    return redirect("vocabulary_edit", draft.code, draft.version)


def _purpose(code: str, source: str) -> str:
    return f"vocabulary:{code}:{source}"
