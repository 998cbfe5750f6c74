"""Measurements: writing one's own, reading one, and the steps of its life."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires, signed_in, take_base
from ayni.common.errors import Conflict
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.views.steps import asked_step, step_page
from ayni.directory.models import Institution
from ayni.registry.actions.results import measurements as actions
from ayni.registry.forms.measurements import MeasurementForm
from ayni.registry.models import Dimension, Measurement, MeasurementState
from ayni.registry.queries.results.lifecycle import WRITABLE, may_take, open_steps, step_of, turn_of
from ayni.registry.queries.results.words import CATEGORIES, days, number, of_measurement
from ayni.registry.views.results.door import around, find_frame, find_period, home_of, part_page
from ayni.registry.views.results.meeting import differing


@requires(KEEP_INITIATIVES)
def measure(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An institution writes what it measured for a period; of two at once the later is shown what the other has saved."""
    period = find_period(request, pk)
    rows = Institution.objects.select_related("country").prefetch_related("names")
    institution = get_object_or_404(rows, code=code)
    if not may(request.user, KEEP_INITIATIVES, institution):
        raise PermissionDenied(KEEP_INITIATIVES)
    indicator, frame = period.indicator, period.indicator.result.frame

    def standing() -> Measurement | None:
        return period.measurements.filter(institution=institution).prefetch_related("shares").first()

    form = MeasurementForm(posted(request), indicator=indicator, measurement=standing())
    told: list[dict[str, Any]] = []

    def save() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.save_measurement(
                by=current_user(request),
                period=period,
                institution=institution,
                base=base,
                facts=form.facts(),
                submit="submit" in request.POST,
            )
        except Conflict:
            stands = standing()
            told.extend(differing(form, MeasurementForm(None, indicator=indicator, measurement=stands)))
            take_base(request, form, stands.revision if stands else 0)
            raise

    title = f"{indicator}, {days(period.starts_on, period.ends_on)}"
    back = reverse("indicator", args=[indicator.pk])
    more: dict[str, Any] = {"differing": told, "of": institution.with_country, "and_submit": True}
    return part_page(request, frame, form, title, save, back=back, **more)


@signed_in
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    """What an institution measured, who must act, and what the reader can do."""
    found = _find(request, pk)
    indicator = found.period.indicator
    frame = indicator.result.frame
    context = around(request, frame)
    own = may(request.user, KEEP_INITIATIVES, found.institution)
    context["crumbs"] += [
        {"label": _("Results"), "url": home_of(frame)},
        {"label": str(indicator), "url": reverse("indicator", args=[indicator.pk])},
    ]
    context |= {
        "measurement": found,
        "indicator": indicator,
        "days": days(found.period.starts_on, found.period.ends_on),
        "value": of_measurement(found, indicator),
        "turn": turn_of(found),
        "steps": list(open_steps(request.user, found)),
        "may_measure": own and found.state in WRITABLE and not found.period.locked and context["may_write"],
        "shares": [
            {
                "term": f"{capfirst(Dimension(one.dimension).label)}: {CATEGORIES[one.dimension].get(one.category, one.category)}",
                "value": number(one.value),
            }
            for one in found.shares.all()
        ],
    }
    return render(request, "registry/results/measurement.html", context)


@signed_in
def measurement_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask before a step, with its reason where it needs one; then take it."""
    found = _find(request, pk)
    asked = asked_step(step_of, step, lambda asked: may_take(request.user, found, asked))

    def take(reason: str) -> object:
        return actions.take_step(by=current_user(request), measurement=found, step=step, reason=reason)

    return step_page(
        request,
        asked,
        take,
        text=f"{found.institution}: {of_measurement(found, found.period.indicator)}",
        back=reverse("measurement", args=[pk]),
    )


def _find(request: HttpRequest, pk: int) -> Measurement:
    """The measurement: an approved one for whoever sees the frame, others for who works in it."""
    rows = Measurement.objects.select_related(
        "period__indicator__result", "institution__country", "submitted_by", "reviewed_by"
    )
    found = get_object_or_404(rows.prefetch_related("shares", "institution__names"), pk=pk)
    result = found.period.indicator.result
    result.frame = find_frame(request, result.frame_id)
    if found.state != MeasurementState.APPROVED and not around(request, result.frame)["works"]:
        raise Http404
    return found
