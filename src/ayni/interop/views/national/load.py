"""A national file comes in: chosen, looked at line by line, and only then written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.columns import VersionStatus
from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.interop.actions.national.load import load_national
from ayni.interop.forms.national import NationalUpload
from ayni.interop.models import RecordProfile
from ayni.interop.queries.national.reading import rows_of
from ayni.interop.queries.preview import preview_reads


@requires(IMPORT_RECORDS)
def national_load(request: HttpRequest, code: str) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    profile = get_object_or_404(RecordProfile, code=code, status=VersionStatus.CURRENT)
    if not may(request.user, IMPORT_RECORDS, profile):
        raise PermissionDenied(IMPORT_RECORDS)
    if "token" in request.POST:
        return _load(request, profile)
    form = NationalUpload(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "profile": profile}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _dry_run(request, form, profile)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "interop/national/load.html", context)


def _dry_run(request: HttpRequest, form: NationalUpload, profile: RecordProfile) -> dict[str, Any]:
    file = form.cleaned_data["file"]
    data = file.read()
    shown = preview_reads(rows_of(profile, data, file.name))
    if not any(shown.counts.values()) and shown.about_the_file:
        raise Refused(" ".join(filter(None, (shown.about_the_file[0].text, shown.about_the_file[0].remedy))))
    token = keep(data, name=file.name, by=request.user, purpose=_purpose(profile, shown.digest))
    return {"shown": shown, "token": token, "name": file.name, "read": True}


def _load(request: HttpRequest, profile: RecordProfile) -> HttpResponse:
    token, seen = request.POST["token"], request.POST.get("seen", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(profile, seen))
        loaded = load_national(by=current_user(request), profile=profile, data=file.data, name=file.name, seen=seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("national_load", profile.code)
    forget(token)
    told = _("%(name)s was loaded: %(added)d new, %(changed)d changed, %(unchanged)d unchanged, %(failed)d refused.")
    counts = {name: getattr(loaded, name) for name in ("name", "added", "changed", "unchanged", "failed")}
    messages.success(request, told % counts)
    return redirect("source_file", loaded.pk)


def _purpose(profile: RecordProfile, seen: str) -> str:
    return f"national:{profile.name}:{seen}"
