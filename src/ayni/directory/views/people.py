"""People: the list, a page for each, and what an administrator does with accounts and roles."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayni.accounts.models import User
from ayni.accounts.queries.current import current_user
from ayni.common.access import requires, signed_in
from ayni.common.errors import Refused
from ayni.common.permissions import MANAGE_PEOPLE, may
from ayni.common.record.entries import headlines
from ayni.directory.actions import people as actions
from ayni.directory.forms.people import NewPersonForm, PeopleFilter, PersonForm, RoleForm
from ayni.directory.models import Membership
from ayni.directory.queries import people as queries

A_PAGE = 50


@require_safe
@requires(MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and their roles."""
    form = PeopleFilter(request.GET)
    page = Paginator(queries.people(**form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/people/list.html", {"form": form, "page_obj": page})


@require_safe
@signed_in
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: roles with their dates, and what the person did lately. Other people's inactive accounts are 404."""
    return _page(request, _person(request, pk))


@requires(MANAGE_PEOPLE)
def person_add(request: HttpRequest) -> HttpResponse:
    """A new account with its first role; the person gets a letter."""
    form = NewPersonForm(request.POST or None, initial=_suggested(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                user = actions.add_person(by=current_user(request), **form.person())
                actions.grant_role(by=current_user(request), user=user, **form.granted())
                actions.invite_person(by=current_user(request), user=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The account is made and a letter is on its way to %s.") % user.email)
            return redirect("person", user.pk)
    return render(request, "directory/people/add.html", {"form": form})


@requires(MANAGE_PEOPLE)
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a name, an address or a language."""
    user = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm.of(user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_person(by=current_user(request), user=user, **form.person())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", pk)
    return render(request, "directory/people/edit.html", {"form": form, "person": get_object_or_404(User, pk=pk)})


@require_POST
@requires(MANAGE_PEOPLE)
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.grant_role(by=current_user(request), user=user, **form.granted())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return redirect("person", pk)
    return _page(request, user, form)


@requires(MANAGE_PEOPLE)
def role_end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Ask, then end a role."""
    held = get_object_or_404(Membership.objects.select_related("user"), pk=membership, user=pk)
    context = {
        "title": _("End this role"),
        "text": _("%(role)s. The person loses at once what the role allows; the record keeps it.") % {"role": held},
        "confirm": _("End the role"),
    }
    return _asked(request, pk, context, lambda: actions.end_role(by=current_user(request), membership=held))


@require_POST
@requires(MANAGE_PEOPLE)
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter again."""
    user = get_object_or_404(User, pk=pk)
    try:
        actions.invite_person(by=current_user(request), user=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A letter is on its way to %s.") % user.email)
    return redirect("person", pk)


@requires(MANAGE_PEOPLE)
def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then deactivate an account."""
    user = get_object_or_404(User, pk=pk)
    context = {
        "title": _("Deactivate the account"),
        "text": _("%(person)s can no longer sign in. What the account did stays, and it can be activated again.")
        % {"person": user},
        "confirm": _("Deactivate"),
    }
    return _asked(request, pk, context, lambda: actions.set_active(by=current_user(request), user=user, active=False))


@require_POST
@requires(MANAGE_PEOPLE)
def person_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an account sign in again."""
    actions.set_active(by=current_user(request), user=get_object_or_404(User, pk=pk), active=True)
    messages.success(request, _("The account can sign in again."))
    return redirect("person", pk)


def _person(request: HttpRequest, pk: int) -> User:
    user = get_object_or_404(User, pk=pk)
    if not user.is_active and not may(request.user, MANAGE_PEOPLE):
        raise Http404
    return user


def _page(request: HttpRequest, user: User, form: RoleForm | None = None) -> HttpResponse:
    viewer = current_user(request)
    manages = may(viewer, MANAGE_PEOPLE)
    context = {
        "person": user,
        "roles": queries.roles_of(user, viewer),
        "lately": headlines(queries.done_lately(user, viewer)),
        "sees_email": queries.sees_email(viewer, user),
        "manages": manages,
        "form": form or (RoleForm() if manages else None),
    }
    return render(request, "directory/people/person.html", context)


def _asked(request: HttpRequest, pk: int, context: dict[str, str], act: Callable[[], object]) -> HttpResponse:
    """A page that asks; its button does it."""
    back = reverse("person", args=[pk])
    if request.method == "POST":
        try:
            act()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done."))
        return redirect(back)
    return render(
        request, "common/confirm.html", context | {"action": request.path, "cancel_url": back, "danger": True}
    )


def _suggested(request: HttpRequest) -> dict[str, str]:
    """What an address may say in advance: the institution that has nobody, and whom it was invited through."""
    known = {name: request.GET.get(name, "") for name in ("institution", "email")}
    return known | {"role": "focal-point" if known["institution"] else ""}
