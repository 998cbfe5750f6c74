"""What each institution gives to an initiative: three groups in three tables, each contribution with its value and rate."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, take_base
from ayni.common.errors import Conflict
from ayni.common.permissions import KEEP_INITIATIVES
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.registry.actions import contributions as actions
from ayni.registry.forms.contributions import ContributionForm
from ayni.registry.models import OPEN_STATES, Contribution, Initiative
from ayni.registry.queries import contributions as queries
from ayni.registry.views.initiatives.door import find, frame, part_page
from ayni.registry.views.sheets.lists import CONTRIBUTIONS


@published()
def contributions(request: HttpRequest, code: str) -> HttpResponse:
    """Quantities and values, planned and executed, by institution and kind; the conversion with rate, day and source."""
    found = find(request, code)
    rows = queries.rows_of(found)
    rates = queries.rates_for(rows)
    own = queries.enters_for(request.user, found) if found.state in OPEN_STATES else []
    listed = queries.shown(rows, rates, own)
    context = frame(request, found, "contributions") | {
        "groups": queries.groups(rows, rates),
        "rows": listed,
        "missing": queries.unconverted(listed),
        "within": rates.within,
        "enters": bool(own),
        "some": bool(rows),
        "files": list_files(request, CONTRIBUTIONS, on=found, code=found.code),
    }
    return render(request, "registry/costs/contributions.html", context)


@requires(KEEP_INITIATIVES)
def contribution_add(request: HttpRequest, code: str) -> HttpResponse:
    """What one's own institution gives."""
    found = find(request, code)
    own = queries.enters_for(request.user, found)
    if not own:
        raise PermissionDenied(KEEP_INITIATIVES)
    form = ContributionForm(posted(request), initiative=found, institutions=own)

    def add() -> object:
        return actions.add_contribution(
            by=current_user(request), initiative=found, institution=form.giver(), facts=form.facts()
        )

    return part_page(request, found, form, _("Record a contribution"), add, back="contributions")


@requires(KEEP_INITIATIVES)
def contribution_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct it; of two at once the later is shown what the other has saved."""
    found, row = _own(request, code, pk)
    form = ContributionForm(posted(request), initiative=found, institutions=[], contribution=row)
    differing: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_contribution(by=current_user(request), contribution=row, base=base, facts=form.facts())
        except Conflict:
            stands = Contribution.objects.get(pk=pk)
            differing.extend(_differing(form, stands))
            take_base(request, form, stands.revision)
            raise

    title = _("Contribution of %(institution)s") % {"institution": row.institution}
    return part_page(request, found, form, title, change, back="contributions", differing=differing)


@requires(KEEP_INITIATIVES)
@require_POST
def contribution_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take it out."""
    _found, row = _own(request, code, pk)
    attempt(request, lambda: actions.remove_contribution(by=current_user(request), contribution=row), _("Removed."))
    return redirect("contributions", code)


@requires(KEEP_INITIATIVES)
@require_POST
def contribution_execute(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record beside what was planned that it was given so."""
    _found, row = _own(request, code, pk)
    attempt(
        request,
        lambda: actions.copy_as_executed(by=current_user(request), contribution=row),
        _("Recorded as executed. Correct it where it turned out otherwise."),
    )
    return redirect("contributions", code)


def _own(request: HttpRequest, code: str, pk: int) -> tuple[Initiative, Contribution]:
    """The contribution, for whom it is entered by."""
    found = find(request, code)
    row = get_object_or_404(
        Contribution.objects.select_related("institution__country", "activity"), initiative=found, pk=pk
    )
    if row.institution not in queries.enters_for(request.user, found):
        raise PermissionDenied(KEEP_INITIATIVES)
    return found, row


def _differing(form: ContributionForm, stands: Contribution) -> list[dict[str, Any]]:
    """What the other person has saved, where the form says otherwise."""
    return [
        {"label": form.fields[name].label, "value": value}
        for name, value in (
            ("quantity", stands.quantity),
            ("unit_value", stands.unit_value),
            ("amount", stands.amount),
            ("currency", stands.currency),
            ("on", stands.on),
            ("note", stands.note),
        )
        if value != form.cleaned_data[name]
    ]
