"""Editing a programme and its parts: the institution's own people, the country's coordinator, the secretariat."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, tried
from ayni.common.permissions import EDIT_PROGRAMMES, require
from ayni.directory.actions import components as component_actions
from ayni.directory.actions import programmes as actions
from ayni.directory.forms.in_languages import Difference
from ayni.directory.forms.programme_edit import (
    ComponentCodeForm,
    ComponentForm,
    DocumentForm,
    ProgrammeCodeForm,
    ProgrammeForm,
    VersionForm,
)
from ayni.directory.models import Component, Programme, ProgrammeDocument, ProgrammeVersion


@requires(EDIT_PROGRAMMES)
def programme_add(request: HttpRequest) -> HttpResponse:
    """A new programme."""
    code, form = ProgrammeCodeForm(posted(request)), ProgrammeForm(posted(request), user=request.user)
    if request.method == "POST" and all([code.is_valid(), form.is_valid()]):
        given = {"code": code.cleaned_data["code"], "facts": form.facts()}
        if tried(code, lambda: actions.add_programme(by=current_user(request), **given)):
            messages.success(
                request, _("The programme is added. Now describe the components that can be transferred alone.")
            )
            return redirect("programme_edit", given["code"])
    return render(request, "directory/programmes/add.html", {"forms": [code, form]})


@requires(EDIT_PROGRAMMES)
def programme_edit(request: HttpRequest, code: str) -> HttpResponse:
    """What a programme is; below, its components, versions and documents."""
    programme = _programme(request, code)
    form = ProgrammeForm(posted(request), user=request.user, programme=programme)
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        facts, seen = form.facts(), form.cleaned_data["revision"]

        def save() -> object:
            return actions.edit_programme(by=current_user(request), programme=programme, facts=facts, seen=seen)

        if tried(form, save):
            messages.success(request, _("Saved."))
            return redirect("programme_edit", code)
        programme = _programme(request, code)
        differences = form.overtaken(ProgrammeForm.initial_of(programme))
    context = {"programme": programme, "form": form, "differences": differences}
    return render(request, "directory/programmes/edit.html", context)


@requires(EDIT_PROGRAMMES)
def component_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new component, with what it needs."""
    programme = _programme(request, code)
    first = {"position": programme.components.count() + 1, "languages": programme.languages.split()}
    named = ComponentCodeForm(posted(request))
    form = ComponentForm(posted(request), programme=programme, initial=first)
    if request.method == "POST" and all([named.is_valid(), form.is_valid()]):

        @transaction.atomic
        def add() -> None:
            by, facts = current_user(request), form.facts()
            one = component_actions.add_component(
                by=by, programme=programme, code=named.cleaned_data["code"], facts=facts
            )
            component_actions.set_needs(by=by, component=one, needed=form.needed())

        if tried(named, add):
            messages.success(request, _("The component is added."))
            return redirect("programme_edit", code)
    context = {"programme": programme, "form": form, "named": named, "title": _("Add a component")}
    return render(request, "directory/programmes/part.html", context)


@requires(EDIT_PROGRAMMES)
def component_edit(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Correct a component, and what it needs."""
    programme = _programme(request, code)
    component = get_object_or_404(Component.objects.select_related("programme"), programme=programme, code=part)
    form = ComponentForm(posted(request), programme=programme, component=component)
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"]

        @transaction.atomic
        def save() -> None:
            by, facts = current_user(request), form.facts()
            component_actions.edit_component(by=by, component=component, facts=facts, seen=seen)
            component_actions.set_needs(by=by, component=component, needed=form.needed())

        if tried(form, save):
            messages.success(request, _("Saved."))
            return redirect("programme_edit", code)
        component.refresh_from_db()
        differences = form.overtaken(ComponentForm.initial_of(component))
    context = {"programme": programme, "form": form, "title": component, "differences": differences}
    return render(request, "directory/programmes/part.html", context)


@requires(EDIT_PROGRAMMES)
def version_add(request: HttpRequest, code: str) -> HttpResponse:
    """The next version of a programme."""
    programme = _programme(request, code)
    form = VersionForm(posted(request))
    last = programme.versions.order_by("-number").first()
    number = last.number + 1 if last else 1

    def add() -> object:
        return actions.add_version(by=current_user(request), programme=programme, number=number, **_version(form))

    return _part(request, programme, form, _("Version %(number)d") % {"number": number}, add)


@requires(EDIT_PROGRAMMES)
def version_edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Correct what is said of a version."""
    programme = _programme(request, code)
    version = get_object_or_404(ProgrammeVersion, programme=programme, number=number)
    form = VersionForm(posted(request), initial=VersionForm.initial_of(version))

    def save() -> object:
        return actions.edit_version(by=current_user(request), version=version, **_version(form))

    return _part(request, programme, form, _("Version %(number)d") % {"number": number}, save)


@requires(EDIT_PROGRAMMES)
def document_add(request: HttpRequest, code: str) -> HttpResponse:
    """A document about the programme."""
    programme = _programme(request, code)
    form = DocumentForm(posted(request), programme=programme)

    def add() -> object:
        return actions.add_document(by=current_user(request), programme=programme, facts=form.facts())

    return _part(request, programme, form, _("Add a document"), add)


@requires(EDIT_PROGRAMMES)
def document_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct what is said of a document."""
    programme = _programme(request, code)
    document = get_object_or_404(ProgrammeDocument.objects.select_related("component"), programme=programme, pk=pk)
    form = DocumentForm(posted(request), programme=programme, initial=DocumentForm.initial_of(document))

    def save() -> object:
        return actions.edit_document(by=current_user(request), document=document, facts=form.facts())

    return _part(request, programme, form, _("Correct a document"), save)


@require_POST
@requires(EDIT_PROGRAMMES)
def version_remove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a version away."""
    version = get_object_or_404(ProgrammeVersion, programme=_programme(request, code), number=number)
    attempt(request, lambda: actions.remove_version(by=current_user(request), version=version), _removed())
    return redirect("programme_edit", code)


@require_POST
@requires(EDIT_PROGRAMMES)
def document_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a document away."""
    document = get_object_or_404(ProgrammeDocument, programme=_programme(request, code), pk=pk)
    attempt(request, lambda: actions.remove_document(by=current_user(request), document=document), _removed())
    return redirect("programme_edit", code)


def _programme(request: HttpRequest, code: str) -> Programme:
    """The programme, for whom may edit it. Raises PermissionDenied."""
    found = get_object_or_404(Programme.objects.select_related("country", "institution"), code=code)
    require(request.user, EDIT_PROGRAMMES, found)
    return found


def _version(form: VersionForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"since": given["since"], "source": given["source"], "changes": form.text("changes")}


def _removed() -> str:
    return _("Removed; the record keeps it.")


def _part(
    request: HttpRequest, programme: Programme, form: Form, title: str, act: Callable[[], object]
) -> HttpResponse:
    """A form about a part of a programme."""
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, _("Saved."))
        return redirect("programme_edit", programme.code)
    context: dict[str, Any] = {"programme": programme, "form": form, "title": title}
    return render(request, "directory/programmes/part.html", context)
