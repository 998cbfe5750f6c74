"""Settling a dispute: accepting, proposing, withdrawing, asking the secretariat, mediating."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, signed_in, tried
from ayni.registry.actions.declarations import disputes as actions
from ayni.registry.forms.declarations import MediationForm, ValuesForm
from ayni.registry.models import Dispute, Initiative
from ayni.registry.queries.declarations.lifecycle import may_take, step_of
from ayni.registry.queries.declared import FIELDS, Wording, values_of
from ayni.registry.views.declarations.sides import PAGE
from ayni.registry.views.initiatives.door import find, frame

ACTS: dict[str, Callable[..., object]] = {
    "accept-claim": actions.accept_claim,
    "accept-proposal": actions.accept_proposal,
    "withdraw": actions.withdraw_claim,
    "ask": actions.ask_secretariat,
}


@signed_in
@require_POST
def dispute_step(request: HttpRequest, code: str, pk: int, step: str) -> HttpResponse:
    """What needs nothing filled in."""
    if step not in ACTS:
        raise Http404
    row, _found = _dispute(request, code, pk, step)
    seen = {"seen": request.POST.get("seen")} if step == "accept-proposal" else {}
    attempt(request, lambda: ACTS[step](by=current_user(request), dispute=row, **seen), _("Done."))
    return redirect(PAGE, code)


@signed_in
def propose(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put another value forward."""
    row, found = _dispute(request, code, pk, "propose")
    form = ValuesForm(posted(request), initiative=found, values={row.field: row.claimed})

    def act() -> object:
        return actions.propose(by=current_user(request), dispute=row, value=form.value(row.field))

    return _form(request, found, row, form, _("Propose another value: %(field)s"), act)


@signed_in
def mediate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say which value holds, and why."""
    row, found = _dispute(request, code, pk, "mediate")
    form = MediationForm(posted(request), initiative=found, values={row.field: row.claimed})

    def act() -> object:
        return actions.mediate(
            by=current_user(request), dispute=row, value=form.value(row.field), reason=form.cleaned_data["reason"]
        )

    return _form(request, found, row, form, _("Mediate: %(field)s"), act)


def _form(
    request: HttpRequest, found: Initiative, row: Dispute, form: ValuesForm, title: str, act: Callable[[], Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and tried(form, act):
        return redirect(PAGE, found.code)
    stands = values_of(found)[row.field]
    wording = Wording([(row.field, value) for value in (stands, row.claimed, row.proposed)])
    said = [(_("The record says"), stands), (_("%(country)s says") % {"country": row.declaration.country}, row.claimed)]
    if row.proposed_by:
        said.append((_("%(country)s proposes") % {"country": row.proposed_by}, row.proposed))
    context = frame(request, found, PAGE) | {
        "form": form,
        "title": title % {"field": FIELDS[row.field]},
        "back_url": reverse(PAGE, args=[found.code]),
        "facts": [{"term": term, "value": wording(row.field, value)} for term, value in said],
        "note": row.note,
    }
    return render(request, "registry/declarations/claim.html", context)


def _dispute(request: HttpRequest, code: str, pk: int, step: str) -> tuple[Dispute, Initiative]:
    """The dispute and its initiative, for whom a role allows the step."""
    found = find(request, code)
    rows = Dispute.objects.select_related("declaration__country", "declaration__initiative", "proposed_by")
    row = get_object_or_404(rows, pk=pk, declaration__initiative=found)
    asked = step_of(step)
    if not may_take(request.user, asked, row, found):
        raise PermissionDenied(asked.permission)
    return row, found
