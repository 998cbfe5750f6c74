"""Writing a plan: activities, dates that sides agree on, what was done; and the experts who come."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in, take_base
from ayni.common.permissions import KEEP_INITIATIVES
from ayni.common.views.steps import step_page
from ayni.directory.models import Country, Expert
from ayni.registry.actions.plan import experts as expert_actions
from ayni.registry.actions.plan import steps as step_actions
from ayni.registry.actions.plan import writing as actions
from ayni.registry.forms.plan import ActivityForm, BookingForm, ReportForm, standing
from ayni.registry.models import Activity
from ayni.registry.queries.plan.consents import agrees
from ayni.registry.queries.plan.experts import bookable
from ayni.registry.queries.plan.lifecycle import step_of
from ayni.registry.views.plan.door import address, find_activity, form_page, kept_activity, kept_initiative


@requires(KEEP_INITIATIVES)
def activity_add(request: HttpRequest, code: str) -> HttpResponse:
    """Another activity."""
    initiative = kept_initiative(request, code)
    form = ActivityForm(posted(request), initiative=initiative)

    def add() -> Activity:
        return actions.add_activity(by=current_user(request), initiative=initiative, facts=form.facts())

    return form_page(request, initiative, form, _("Add an activity"), add, back=reverse("plan", args=[code]))


@requires(KEEP_INITIATIVES)
def activity_edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Change an activity; of two at once the later is shown what the other has saved."""
    found = kept_activity(request, code, number)
    form = ActivityForm(posted(request), initiative=found.initiative, activity=found)

    def change() -> Activity:
        base = form.cleaned_data["base"] or 0
        return actions.edit_activity(by=current_user(request), activity=found, base=base, facts=form.facts())

    def differing() -> list[dict[str, Any]]:
        stands = kept_activity(request, code, number)
        other = ActivityForm(None, initiative=stands.initiative, activity=stands)
        told = standing(form, other)
        take_base(request, form, stands.revision)
        return told

    return form_page(request, found.initiative, form, str(found), change, back=address(found), on_conflict=differing)


@requires(KEEP_INITIATIVES)
def activity_report(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What an activity came to; again, to correct it."""
    found = kept_activity(request, code, number)
    form = ReportForm(posted(request), activity=found)

    def report() -> Activity:
        base = form.cleaned_data["base"]
        return step_actions.report_done(by=current_user(request), activity=found, report=form.report(), base=base)

    def differing() -> list[dict[str, Any]]:
        stands = kept_activity(request, code, number)
        told = standing(form, ReportForm(None, activity=stands))
        take_base(request, form, stands.revision)
        return told

    title = _("What “%(activity)s” came to") % {"activity": found}
    return form_page(request, found.initiative, form, title, report, back=address(found), on_conflict=differing)


@signed_in
@require_POST
def activity_agree(request: HttpRequest, code: str, number: int, country: str) -> HttpResponse:
    """A side agrees with the dates that it has seen."""
    found, place = find_activity(request, code, number), get_object_or_404(Country, pk=country)
    if not agrees(request.user, found.initiative, place):
        raise PermissionDenied(KEEP_INITIATIVES)
    seen = request.POST.get("base", "")

    def agree() -> Activity:
        base = int(seen) if seen.isdecimal() else None
        return step_actions.agree_dates(by=current_user(request), activity=found, country=place, base=base)

    attempt(request, agree, _("%(country)s agrees with the dates.") % {"country": place})
    return redirect(address(found))


@requires(KEEP_INITIATIVES)
def activity_step(request: HttpRequest, code: str, number: int, step: str) -> HttpResponse:
    """Ask before an activity is cancelled or taken up again; then do it."""
    if step not in ("cancel", "resume"):
        raise Http404
    found, asked = kept_activity(request, code, number), step_of(step)

    def take(reason: str) -> Activity:
        if step == "resume":
            return step_actions.take_up_again(by=current_user(request), activity=found)
        return step_actions.cancel_activity(by=current_user(request), activity=found, reason=reason)

    told = {
        "cancel": _("Experts booked for it are free again."),
        "resume": _("Every side is asked for its dates again; what was reported is taken out."),
    }
    return step_page(request, asked, take, text=str(found), back=address(found), consequences=[told[step]])


@requires(KEEP_INITIATIVES)
def expert_book(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An expert comes on some of the activity's days."""
    found = kept_activity(request, code, number)
    experts = bookable(request.user, found.initiative)
    form = BookingForm(posted(request), activity=found, experts=experts, user=request.user)

    def book() -> Activity:
        return expert_actions.book_expert(
            by=current_user(request),
            activity=found,
            expert=form.chosen(),
            days=form.days(),
            hours=form.cleaned_data["hours"],
        )

    title = _("Book an expert for “%(activity)s”") % {"activity": found}
    return form_page(request, found.initiative, form, title, book, back=address(found))


@requires(KEEP_INITIATIVES)
@require_POST
def expert_release(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponse:
    """An expert no longer comes."""
    found = kept_activity(request, code, number)
    rows = Expert.objects.filter(activity_days__activity=found).select_related("institution__country").distinct()
    expert = get_object_or_404(rows.prefetch_related("institution__names"), pk=pk)

    def release() -> Activity:
        return expert_actions.release_expert(by=current_user(request), activity=found, expert=expert)

    attempt(request, release, _("The days are free again."))
    return redirect(address(found))
