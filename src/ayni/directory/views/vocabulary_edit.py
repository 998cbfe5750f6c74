"""Drafts of vocabularies: begun, described, filled with terms, put in force or thrown away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.common.access import attempt
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_VOCABULARIES, require
from ayni.directory.actions import concepts as terms
from ayni.directory.actions import vocabulary_versions as versions
from ayni.directory.forms.vocabularies import NewVocabularyForm, SchemeForm, TermForm
from ayni.directory.models import Concept, ConceptScheme


def _scheme(request: HttpRequest, code: str, version: int) -> ConceptScheme:
    require(request.user, EDIT_VOCABULARIES)
    return get_object_or_404(ConceptScheme, code=code, version=version)


@login_required
def vocabulary_new(request: HttpRequest) -> HttpResponse:
    """Begin a vocabulary of another subject."""
    require(request.user, EDIT_VOCABULARIES)
    form = NewVocabularyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            versions.create_vocabulary(by=request.user, code=code, title=form.text("title"))
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The vocabulary stands as a draft. Add its terms, or load them from a file."))
            return redirect("vocabulary_edit", code, 1)
    return render(request, "directory/vocabularies/new.html", {"form": form})


@login_required
@require_POST
def vocabulary_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft from the latest version; with a draft there already, open that one."""
    require(request.user, EDIT_VOCABULARIES)
    try:
        draft = versions.draft_version(by=request.user, code=code)
    except Refused as refusal:
        messages.info(request, str(refusal))
        draft = get_object_or_404(ConceptScheme, code=code, status="draft")
    return redirect("vocabulary_edit", code, draft.version)


@login_required
def vocabulary_edit(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """A draft: what it says of itself, and its terms."""
    scheme = _scheme(request, code, version)
    if scheme.status != "draft":
        messages.info(request, _("This version no longer changes. Make a new version and change that."))
        return redirect("vocabulary_version", code, version)
    form = SchemeForm(request.POST) if request.method == "POST" else SchemeForm.of(scheme)
    if request.method == "POST" and form.is_valid():
        if attempt(request, lambda: _describe(request, scheme, form), _("Saved.")):
            return redirect("vocabulary_edit", code, version)
    context = {"scheme": scheme, "form": form, "terms": scheme.concepts.select_related("broader")}
    return render(request, "directory/vocabularies/edit.html", context)


def _describe(request: HttpRequest, scheme: ConceptScheme, form: SchemeForm) -> None:
    versions.describe_vocabulary(
        by=request.user,
        scheme=scheme,
        title=form.text("title"),
        note=form.text("note"),
        source=form.cleaned_data["source"],
        standing=form.cleaned_data["standing"],
    )


@login_required
def term(request: HttpRequest, code: str, version: int, pk: int | None = None) -> HttpResponse:
    """Add a term to a draft, or change one."""
    scheme = _scheme(request, code, version)
    concept = get_object_or_404(scheme.concepts.select_related("broader"), pk=pk) if pk else None
    form = TermForm(request.POST or None, terms=scheme.concepts.all(), concept=concept)
    if request.method == "POST" and form.is_valid():
        try:
            if concept is None:
                terms.add_concept(by=request.user, scheme=scheme, row=form.row())
            else:
                terms.change_concept(by=request.user, concept=concept, row=form.row(), seen=form.cleaned_data["seen"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("vocabulary_edit", code, version)
    context = {"scheme": scheme, "form": form, "concept": concept}
    return render(request, "directory/vocabularies/term.html", context)


@login_required
@require_POST
def term_change(request: HttpRequest, code: str, version: int, pk: int) -> HttpResponse:
    """Move a term, retire it or take it up again, remove it."""
    concept = get_object_or_404(Concept, scheme=_scheme(request, code, version), pk=pk)
    by = request.user
    changes: dict[str, tuple[Callable[[], Any], str]] = {
        "up": (lambda: terms.move_concept(by=by, concept=concept, up=True), _("Moved.")),
        "down": (lambda: terms.move_concept(by=by, concept=concept, up=False), _("Moved.")),
        "retire": (lambda: terms.retire_concept(by=by, concept=concept, retired=True), _("Retired.")),
        "restore": (lambda: terms.retire_concept(by=by, concept=concept, retired=False), _("Taken up again.")),
        "remove": (lambda: terms.remove_concept(by=by, concept=concept), _("Removed.")),
    }
    asked = changes.get(request.POST.get("do", ""))
    if asked:
        attempt(request, *asked)
    return redirect("vocabulary_edit", code, version)


@login_required
def vocabulary_in_force(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Ask, then put the draft in force."""
    scheme = _scheme(request, code, version)
    if request.method == "POST":
        said = _("The version is in force.")
        attempt(request, lambda: versions.put_in_force(by=request.user, scheme=scheme), said)
        return redirect("vocabulary_version", code, version)
    context = {
        "title": _("Put “%(vocabulary)s” in force?") % {"vocabulary": scheme},
        "text": _(
            "New questionnaires and codings use it from now on. It can no longer be changed, only followed by a new version."
        ),
        "consequences": [_("Questionnaires already published keep the version they were made with.")],
        "confirm": _("Put in force"),
    }
    return _asked(request, scheme, context)


@login_required
def vocabulary_delete(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Ask, then throw the draft away."""
    scheme = _scheme(request, code, version)
    if request.method == "POST":
        attempt(request, lambda: versions.delete_draft(by=request.user, scheme=scheme), _("The draft is deleted."))
        return redirect("vocabularies")
    context = {
        "title": _("Delete the draft of “%(vocabulary)s”?") % {"vocabulary": scheme},
        "text": _("The changes made in this draft are lost. The version in force stays."),
        "confirm": _("Delete the draft"),
        "danger": True,
    }
    return _asked(request, scheme, context)


def _asked(request: HttpRequest, scheme: ConceptScheme, context: dict[str, Any]) -> HttpResponse:
    if scheme.status != "draft":
        messages.info(request, _("This version no longer changes. Make a new version and change that."))
        return redirect("vocabulary_version", scheme.code, scheme.version)
    path = request.path.removesuffix(request.path.rstrip("/").rpartition("/")[2] + "/")
    return render(request, "common/confirm.html", context | {"cancel_url": f"{path}edit/"})
