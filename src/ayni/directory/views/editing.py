"""Editing institutions and where countries lie."""

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
from ayni.common.access import requires, tried
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_DIRECTORY
from ayni.directory.actions import editing as actions
from ayni.directory.forms.editing import (
    AffiliationForm,
    CodeForm,
    InstitutionForm,
    NameForm,
    RegionsForm,
    SuccessorForm,
)
from ayni.directory.models import Affiliation, Country, Institution, InstitutionName, Succession


@requires(EDIT_DIRECTORY)
def institution_add(request: HttpRequest) -> HttpResponse:
    """A new institution with its first name."""
    data = request.POST or None
    code, name, facts = CodeForm(data), NameForm(data), InstitutionForm(data)
    forms: list[Form] = [code, name, facts]
    if request.method == "POST" and all([form.is_valid() for form in forms]):
        given = {"code": code.cleaned_data["code"], "facts": facts.facts(), "name": name.facts()}
        done = tried(code, lambda: actions.add_institution(by=current_user(request), **given))
        if done:
            messages.success(request, _("The institution is added."))
            return redirect("institution_edit", given["code"])
    return render(request, "directory/editing/add.html", {"forms": forms})


@requires(EDIT_DIRECTORY)
def institution_edit(request: HttpRequest, code: str) -> HttpResponse:
    """What an institution is; below, its names, successors and memberships."""
    institution = _institution(code)
    form = InstitutionForm(request.POST or None, institution=institution)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        if tried(
            form, lambda: actions.edit_institution(by=current_user(request), institution=institution, facts=facts)
        ):
            messages.success(request, _("Saved."))
            return redirect("institution_edit", code)
        institution = _institution(code)
    context = {
        "institution": institution,
        "form": form,
        "names": sorted(institution.names.all(), key=lambda name: (name.valid_from, name.pk)),
        "successions": institution.successions.select_related("successor").prefetch_related("successor__names"),
        "precedents": institution.precedents.select_related("predecessor").prefetch_related("predecessor__names"),
        "affiliations": institution.affiliations.select_related("body").prefetch_related("body__names"),
    }
    return render(request, "directory/editing/institution.html", context)


@requires(EDIT_DIRECTORY)
def name_add(request: HttpRequest, code: str) -> HttpResponse:
    """Another name."""
    institution = _institution(code)
    form = NameForm(request.POST or None)
    return _part(
        request,
        institution,
        form,
        _("Add a name"),
        lambda: actions.add_name(by=current_user(request), institution=institution, name=form.facts()),
    )


@requires(EDIT_DIRECTORY)
def name_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct a name."""
    institution = _institution(code)
    name = get_object_or_404(InstitutionName, pk=pk, institution=institution)
    form = NameForm(request.POST) if request.method == "POST" else NameForm.of(name)
    return _part(
        request,
        institution,
        form,
        _("Correct a name"),
        lambda: actions.edit_name(by=current_user(request), name=name, facts=form.facts()),
    )


@requires(EDIT_DIRECTORY)
def successor_add(request: HttpRequest, code: str) -> HttpResponse:
    """An institution that took over."""
    institution = _institution(code)
    form = SuccessorForm(request.POST or None, institution=institution)

    def add() -> object:
        return actions.add_successor(
            by=current_user(request),
            institution=institution,
            successor=form.chosen(),
            on=form.cleaned_data["on"],
            note=form.text("note"),
            source=form.cleaned_data["source"],
        )

    return _part(request, institution, form, _("Add a successor"), add)


@requires(EDIT_DIRECTORY)
def affiliation_add(request: HttpRequest, code: str) -> HttpResponse:
    """A network or body of which the institution is a member."""
    institution = _institution(code)
    form = AffiliationForm(request.POST or None, institution=institution)

    def add() -> object:
        given = {key: form.cleaned_data[key] for key in ("since", "until", "source")}
        return actions.add_affiliation(by=current_user(request), institution=institution, body=form.chosen(), **given)

    return _part(request, institution, form, _("Add a membership"), add)


@require_POST
@requires(EDIT_DIRECTORY)
def name_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a name away."""
    name = get_object_or_404(InstitutionName, pk=pk, institution__code=code)
    return _removed(request, code, lambda: actions.remove_name(by=current_user(request), name=name))


@require_POST
@requires(EDIT_DIRECTORY)
def successor_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a succession away."""
    succession = get_object_or_404(Succession, pk=pk, predecessor__code=code)
    return _removed(request, code, lambda: actions.remove_successor(by=current_user(request), succession=succession))


@require_POST
@requires(EDIT_DIRECTORY)
def affiliation_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a membership away."""
    affiliation = get_object_or_404(Affiliation, pk=pk, member__code=code)
    return _removed(
        request, code, lambda: actions.remove_affiliation(by=current_user(request), affiliation=affiliation)
    )


@requires(EDIT_DIRECTORY)
def country_edit(request: HttpRequest, iso3: str) -> HttpResponse:
    """The regions in which a country lies."""
    country = get_object_or_404(Country, pk=iso3)
    form = RegionsForm(request.POST or None, country=country)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for region in form.chosen():
                actions.place_country(by=current_user(request), country=country, region=region)
        messages.success(request, _("Saved."))
        return redirect("country_edit", iso3)
    return render(request, "directory/editing/country.html", {"country": country, "form": form})


def _institution(code: str) -> Institution:
    institutions = Institution.objects.select_related("country", "parent", "kind", "role")
    return get_object_or_404(institutions.prefetch_related("names"), code=code)


def _part(
    request: HttpRequest, institution: Institution, form: Form, title: str, act: Callable[[], object]
) -> HttpResponse:
    """A form about a part of an institution."""
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, _("Saved."))
        return redirect("institution_edit", institution.code)
    context: dict[str, Any] = {"institution": institution, "form": form, "title": title}
    return render(request, "directory/editing/part.html", context)


def _removed(request: HttpRequest, code: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed; the record keeps it."))
    return redirect("institution_edit", code)
