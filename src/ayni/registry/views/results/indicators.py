"""Keeping indicators and their periods."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, take_base
from ayni.common.errors import Conflict
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS
from ayni.registry.actions.results import indicators as actions
from ayni.registry.actions.results import periods as period_actions
from ayni.registry.forms.results import IndicatorForm, PeriodForm
from ayni.registry.models import Indicator, ResultFrame
from ayni.registry.views.results.door import find_indicator, find_period, find_result, home_of, part_page
from ayni.registry.views.results.meeting import differing


@requires(KEEP_INITIATIVES)
def indicator_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another indicator of a result; on to its own page, where its periods with their targets are added."""
    result = find_result(request, pk, KEEP_INITIATIVES)
    form = IndicatorForm(posted(request), frame=result.frame, above=_above(result.frame))

    added: list[Indicator] = []

    def add() -> None:
        added.append(actions.add_indicator(by=current_user(request), result=result, facts=form.facts()))

    return part_page(request, result.frame, form, _("Add an indicator"), add, then=lambda: _page(added[0]))


@requires(KEEP_INITIATIVES)
def indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator; of two at once the later is shown what the other has saved."""
    found = find_indicator(request, pk, KEEP_INITIATIVES)
    frame = found.result.frame
    above = _above(frame)
    form = IndicatorForm(posted(request), frame=frame, above=above, indicator=found)
    told: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_indicator(by=current_user(request), indicator=found, base=base, facts=form.facts())
        except Conflict:
            stands = find_indicator(request, pk)
            told.extend(differing(form, IndicatorForm(None, frame=frame, above=above, indicator=stands)))
            take_base(request, form, stands.revision)
            raise

    return part_page(request, frame, form, _("Change the indicator"), change, back=_page(found), differing=told)


@requires(KEEP_INITIATIVES)
@require_POST
def indicator_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an indicator out."""
    found = find_indicator(request, pk, KEEP_INITIATIVES)
    done = attempt(request, lambda: actions.remove_indicator(by=current_user(request), indicator=found), _("Removed."))
    return redirect(home_of(found.result.frame) if done else _page(found))


@requires(KEEP_INITIATIVES)
def period_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another period, locked until the coordination opens it."""
    found = find_indicator(request, pk, KEEP_INITIATIVES)
    form = PeriodForm(posted(request), indicator=found)

    def add() -> object:
        return period_actions.add_period(by=current_user(request), indicator=found, facts=form.facts())

    return part_page(request, found.result.frame, form, _("Add a period"), add, back=_page(found))


@requires(KEEP_INITIATIVES)
def period_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other days, another target; of two at once the later is shown what the other has saved."""
    period = find_period(request, pk, KEEP_INITIATIVES)
    indicator = period.indicator
    form = PeriodForm(posted(request), indicator=indicator, period=period)
    told: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return period_actions.edit_period(by=current_user(request), period=period, base=base, facts=form.facts())
        except Conflict:
            stands = find_period(request, pk)
            told.extend(differing(form, PeriodForm(None, indicator=stands.indicator, period=stands)))
            take_base(request, form, stands.indicator.revision)
            raise

    frame = indicator.result.frame
    return part_page(request, frame, form, _("Change the period"), change, back=_page(indicator), differing=told)


@requires(KEEP_INITIATIVES)
@require_POST
def period_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a period out."""
    period = find_period(request, pk, KEEP_INITIATIVES)
    attempt(request, lambda: period_actions.remove_period(by=current_user(request), period=period), _("Removed."))
    return redirect("indicator", period.indicator_id)


@requires(REVIEW_RESULTS)
@require_POST
def period_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock a period: it takes no more measurements."""
    return _set_lock(request, pk, locked=True)


@requires(REVIEW_RESULTS)
@require_POST
def period_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a period for measurements."""
    return _set_lock(request, pk, locked=False)


def _set_lock(request: HttpRequest, pk: int, *, locked: bool) -> HttpResponse:
    period = find_period(request, pk, REVIEW_RESULTS)
    attempt(
        request,
        lambda: period_actions.lock_period(by=current_user(request), period=period, locked=locked),
        _("The period is locked.") if locked else _("The period is open for measurements."),
    )
    return redirect("indicator", period.indicator_id)


def _page(found: Indicator) -> str:
    return reverse("indicator", args=[found.pk])


def _above(frame: ResultFrame) -> list[Indicator]:
    """The indicators of the parent frame."""
    if frame.parent_id is None:
        return []
    return list(Indicator.objects.filter(result__frame=frame.parent_id).select_related("result"))
