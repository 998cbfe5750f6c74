"""Profiles of experts: entered and kept by the expert, the institution's focal point and the secretariat."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, signed_in, tried
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_EXPERTS, may
from ayni.directory.actions import experts as actions
from ayni.directory.forms.experts import ExpertForm, InstitutionChoice, MonthsForm, ServiceForm
from ayni.directory.forms.in_languages import Difference
from ayni.directory.models import Expert, ExpertService
from ayni.directory.queries import experts as queries
from ayni.directory.queries.consent import consent_text, paper_text
from ayni.directory.views.experts import kept_or_403, row, speaks


@signed_in
def expert_add(request: HttpRequest) -> HttpResponse:
    """A new profile: of one's institution's people, or one's own."""
    own = None if may(request.user, EDIT_EXPERTS) else current_user(request)
    within = queries.institutions_kept(request.user) if own is None else queries.institutions_served(request.user)
    if not within:
        raise PermissionDenied(EDIT_EXPERTS)
    place = InstitutionChoice(posted(request), institutions=within)
    first = {"name": own.name, "email": own.email} if own is not None else {}
    form = ExpertForm(posted(request), own=own, initial=first)
    if request.method == "POST" and all([place.is_valid(), form.is_valid()]):
        institution = within[place.cleaned_data["institution"]]
        try:
            added = actions.add_expert(by=current_user(request), institution=institution, facts=form.facts())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The profile is entered. Nobody is proposed before the consent is given."))
            return redirect("expert", added.pk)
    return render(request, "directory/experts/add.html", {"place": place, "form": form, "own": own})


@signed_in
def expert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a profile."""
    expert = _changeable(request, pk)
    own = current_user(request) if queries.is_own(request.user, expert) else None
    form = ExpertForm(posted(request), expert=expert, own=own)
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        facts, seen = form.facts(expert.user), form.cleaned_data["revision"]
        if tried(form, lambda: actions.edit_expert(by=current_user(request), expert=expert, facts=facts, seen=seen)):
            messages.success(request, _("Saved."))
            return redirect("expert", pk)
        expert = _changeable(request, pk)
        differences = form.overtaken(ExpertForm.initial_of(expert))
    return _page(request, expert, form, _("Edit the profile"), differences=differences)


@signed_in
def expert_months(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of the coming twelve months, all at once."""
    expert = _changeable(request, pk)
    form = MonthsForm(posted(request), expert=expert)
    if request.method == "POST" and form.is_valid():
        if tried(form, lambda: actions.set_months(by=current_user(request), expert=expert, days=form.days())):
            messages.success(request, _("Saved."))
            return redirect("expert", pk)
    lede = _("How many days of each month the expert can give to missions. An empty field says nothing.")
    return _page(request, expert, form, _("Availability"), lede=lede)


@signed_in
def expert_service_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A mission or other service done."""
    expert = _changeable(request, pk)
    form = ServiceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if tried(form, lambda: actions.add_service(by=current_user(request), expert=expert, facts=form.facts())):
            messages.success(request, _("Saved."))
            return redirect("expert", pk)
    return _page(request, expert, form, _("Add a service"))


@require_POST
@signed_in
def expert_service_remove(request: HttpRequest, pk: int, service: int) -> HttpResponse:
    """Take a service away."""
    expert = _changeable(request, pk)
    found = get_object_or_404(ExpertService.objects.select_related("expert__institution"), expert=expert, pk=service)
    removed = _("Removed; the record keeps it.")
    attempt(request, lambda: actions.remove_service(by=current_user(request), service=found), removed)
    return redirect("expert", pk)


@signed_in
def expert_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to agree to; POST: agreed."""
    expert = _spoken_for(request, pk)
    text = consent_text(expert) if queries.is_own(request.user, expert) else paper_text(expert)
    if request.method == "POST":
        given = _("The consent is recorded with its date and its text.")
        attempt(request, lambda: actions.give_consent(by=current_user(request), expert=expert, text=text), given)
        return redirect("expert", pk)
    context = {"title": _("Consent"), "text": text, "confirm": _("I agree"), "cancel_url": reverse("expert", args=[pk])}
    if not queries.is_own(request.user, expert):
        context["confirm"] = _("The person has signed this")
    return render(request, "common/confirm.html", context)


@signed_in
def expert_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then withdraw the consent at once."""
    expert = _spoken_for(request, pk)
    if request.method == "POST":
        done = _("The consent is withdrawn. Personal data are no longer shown.")
        attempt(request, lambda: actions.withdraw_consent(by=current_user(request), expert=expert), done)
        return redirect("experts")
    context = {
        "title": _("Withdraw the consent"),
        "text": _("From this moment nothing personal is shown to anybody but the expert, and nobody is proposed."),
        "confirm": _("Withdraw"),
        "cancel_url": reverse("expert", args=[pk]),
        "danger": True,
    }
    return render(request, "common/confirm.html", context)


@signed_in
def expert_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then erase what is personal for good."""
    expert = kept_or_403(request, pk)
    if request.method == "POST":
        done = _("The personal data are erased.")
        attempt(request, lambda: actions.erase_expert(by=current_user(request), expert=expert), done)
        return redirect("experts")
    context = {
        "title": _("Erase the personal data"),
        "text": _(
            "Name, address, position, experience, cost and availability are erased for good. Services done stay, under a number."
        ),
        "confirm": _("Erase"),
        "cancel_url": reverse("expert", args=[pk]),
        "danger": True,
    }
    return render(request, "common/confirm.html", context)


def _changeable(request: HttpRequest, pk: int) -> Expert:
    """The profile; once the consent is withdrawn it is the expert's alone. Raises Http404 or PermissionDenied."""
    found = kept_or_403(request, pk)
    if found.withdrawn_on is not None and not queries.is_own(request.user, found):
        raise PermissionDenied(EDIT_EXPERTS)
    return found


def _spoken_for(request: HttpRequest, pk: int) -> Expert:
    found = kept_or_403(request, pk)
    if not speaks(request, found):
        raise PermissionDenied(EDIT_EXPERTS)
    return found


def _page(request: HttpRequest, expert: Expert, form: Form, title: str, **more: Any) -> HttpResponse:
    return render(
        request, "directory/experts/edit.html", {**row(request, expert), "form": form, "title": title, **more}
    )
