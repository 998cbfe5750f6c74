"""A profile is changed in a draft: its columns, its example, its crosswalk; with what it makes of the first rows beside it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, requires
from ayni.common.columns import VersionStatus
from ayni.common.errors import Refused
from ayni.common.i18n import language
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.interop.actions.national import profiles as actions
from ayni.interop.forms.national import NationalUpload, ProfileForm, SourceForms, declared_from, initial_of
from ayni.interop.models import RecordProfile
from ayni.interop.queries.national.looking import look
from ayni.interop.queries.national.page import profile_for
from ayni.interop.queries.national.reading import declared_of
from ayni.interop.queries.national.sample import sample_of, titles_of


def draft_of(request: HttpRequest, code: str) -> RecordProfile:
    """The draft, for whom may change it."""
    draft = get_object_or_404(RecordProfile.objects.select_related("country"), code=code, status=VersionStatus.DRAFT)
    if not may(request.user, IMPORT_RECORDS, draft):
        raise PermissionDenied(IMPORT_RECORDS)
    return draft


@requires(IMPORT_RECORDS)
def profile_edit(request: HttpRequest, code: str) -> HttpResponse:
    """GET: the draft. POST: "look" shows what the form would make of the first rows, "save" keeps it."""
    draft = draft_of(request, code)
    posted = request.POST if request.method == "POST" else None
    form = ProfileForm(posted, initial=initial_of(draft))
    sources = SourceForms(posted, initial=draft.declared["sources"], prefix="source")
    declared = declared_of(draft) if posted is None else declared_from(draft, form, sources)
    context: dict[str, Any] = {"profile": draft, "look": look(draft, declared) if declared else None}
    if request.headers.get("HX-Request"):
        return render(request, "interop/national/look.html", context)
    if posted is not None and declared is not None and posted.get("do") == "save":
        try:
            title = {**draft.title, language(): form.cleaned_data["title"]}
            base = int(posted.get("base") or 0) if str(posted.get("base") or 0).isdecimal() else 0
            actions.edit_profile(by=current_user(request), profile=draft, base=base, declared=declared, title=title)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft was saved."))
            return redirect("record_profile_edit", code)
    context |= {"form": form, "sources": sources, "upload": NationalUpload(), "titles": titles_of(draft.sample)}
    return render(request, "interop/national/edit.html", context)


@requires(IMPORT_RECORDS)
@require_POST
def profile_sample(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the first rows of a file as the draft's example."""
    draft, form = draft_of(request, code), NationalUpload(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return redirect("record_profile_edit", code)
    file = form.cleaned_data["file"]

    def act() -> None:
        sample = sample_of(file.read(), file.name, declared_of(draft).sheet)
        actions.keep_sample(by=current_user(request), profile=draft, sample=sample)

    attempt(request, act, _("The first rows of the file are the example now."))
    return redirect("record_profile_edit", code)


@requires(IMPORT_RECORDS)
@require_POST
def profile_step(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a new version, put the draft in force, or throw it away."""
    do, by = request.POST.get("do", ""), current_user(request)
    if do == "draft":
        one = profile_for(request.user, code)
        done = attempt(
            request, lambda: actions.draft_profile(by=by, profile=one), _("The new version stands as a draft.")
        )
        return redirect("record_profile_edit" if done else "record_profile", code)
    draft = draft_of(request, code)
    if do == "put-in-force":
        attempt(
            request,
            lambda: actions.put_profile_in_force(by=by, profile=draft),
            _("The profile is in force: files are read by it from now on."),
        )
    elif do == "delete":
        attempt(request, lambda: actions.delete_profile_draft(by=by, profile=draft), _("The draft was deleted."))
        if not RecordProfile.objects.filter(code=code).exists():
            return redirect("record_profiles")
    else:
        raise Http404(do)
    return redirect("record_profile", code)
