"""From an XLSForm workbook to a draft: a dry run first, then the draft from the file that was looked at."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.kept import Kept, forget, keep, kept
from ayni.common.permissions import EDIT_INSTRUMENTS, require
from ayni.common.workbooks.safe_upload import safe_name
from ayni.surveys.actions.instruments import add_version
from ayni.surveys.forms.instruments import XlsformUpload
from ayni.surveys.queries.instrument_import import Proposal, proposal

PURPOSE = "xlsform"


@login_required
def instrument_import(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would make. POST with the token of that: make the draft."""
    require(request.user, EDIT_INSTRUMENTS)
    if request.method == "POST" and "token" in request.POST:
        return _make(request)
    form = XlsformUpload(request.POST or None, request.FILES or None, initial={"language": get_language()})
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/instruments/import.html", {"form": form})
    file = form.cleaned_data["file"]
    upload = Kept(safe_name(file.name), file.read())
    found = proposal(upload.data, name=upload.name, language=form.cleaned_data["language"])
    token = ""
    if found.spec:
        purpose = f"{PURPOSE}:{form.cleaned_data['language']}"
        token = keep(upload.data, name=upload.name, by=request.user, purpose=purpose)
    return _shown(request, found, upload.name, form, token)


def _make(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    token = request.POST["token"]
    form = XlsformUpload(initial={"language": get_language()})
    try:
        upload = kept(token, by=request.user, purpose=f"{PURPOSE}:{language}")
        found = proposal(upload.data, name=upload.name, language=language)
        if found.spec is None:
            return _shown(request, found, upload.name, form, "")
        version = add_version(by=request.user, spec=found.spec)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("instrument_import")
    forget(token)
    messages.success(request, _("The draft stands. Look through it before publishing it."))
    return redirect("instrument", code=version.instrument.code, number=version.number)


def _shown(request: HttpRequest, found: Proposal, name: str, form: XlsformUpload, token: str) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "name": name,
        "token": token,
        "language": form["language"].value(),
        "rows": [row for row in found.rows if row.state != "unchanged"],
    }
    return render(request, "surveys/instruments/import.html", context)
