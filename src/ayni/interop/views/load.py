"""A file of another system comes in: chosen, looked at line by line, and only then written."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import IMPORT_RECORDS
from ayni.interop.actions.upload import Upload
from ayni.interop.forms.reported import ReportedUpload
from ayni.interop.queries.judging import by_record
from ayni.interop.queries.preview import preview


@requires(IMPORT_RECORDS)
def reported_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    if "token" in request.POST:
        return _load(request)
    form = ReportedUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _dry_run(request, form)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "interop/load.html", context)


def _dry_run(request: HttpRequest, form: ReportedUpload) -> dict[str, object]:
    file, sector = form.cleaned_data["file"], form.cleaned_data["sector"]
    if file.size > settings.UPLOAD_LIMIT:
        raise Refused(_("The file is larger than a page takes. Load it with ./ayni iati import."))
    data = file.read()
    shown = preview(data, sector=sector, found=by_record(data))
    if not any(shown.counts.values()) and shown.about_the_file:
        raise Refused(" ".join(filter(None, (shown.about_the_file[0].text, shown.about_the_file[0].remedy))))
    # A file that changes nothing is loaded all the same: that its publisher still says so is worth knowing.
    token = keep(data, name=file.name, by=request.user, purpose=_purpose(shown.digest, sector))
    return {"shown": shown, "token": token, "name": file.name, "sector": sector, "read": True}


def _load(request: HttpRequest) -> HttpResponse:
    token, seen, sector = request.POST["token"], request.POST.get("seen", ""), request.POST.get("sector", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(seen, sector))
        loaded = Upload(current_user(request), file.data, file.name).apply(seen=seen, sector=sector)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reported_load")
    forget(token)
    told = _("%(name)s was loaded: %(added)d new, %(changed)d changed, %(unchanged)d unchanged, %(failed)d refused.")
    counts = {name: getattr(loaded, name) for name in ("name", "added", "changed", "unchanged", "failed")}
    messages.success(request, told % counts)
    return redirect("source_file", loaded.pk)


def _purpose(seen: str, sector: str) -> str:
    return f"reported:{sector}:{seen}"
