"""A plan with its chart, timetable and totals; the page of one activity; the plan as a file for calendars."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.directory.models.spoken import SPOKEN
from ayni.registry.formats.activity_calendar import calendar
from ayni.registry.models import Activity
from ayni.registry.queries.plan import experts as roster
from ayni.registry.queries.plan.calendars import entries, place_of
from ayni.registry.queries.plan.consents import to_agree
from ayni.registry.queries.plan.gantt import chart
from ayni.registry.queries.plan.lifecycle import OPEN, may_plan, open_steps
from ayni.registry.queries.plan.lists import plan_of, row_of, who_sees_to, with_names
from ayni.registry.queries.plan.totals import timetable, totals
from ayni.registry.views.plan.door import find_activity, find_initiative, plan_frame
from ayni.registry.views.sheets.lists import ACTIVITIES


@published()
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """What is done when, who has agreed, how far it is, and what it comes to."""
    initiative = find_initiative(request, code)
    today = timezone.localdate()
    rows = plan_of(initiative, today)
    joint = timetable(rows)
    context = plan_frame(request, initiative) | {
        "rows": rows,
        "chart": chart(rows, joint, today),
        "joint": joint,
        "totals": totals(rows),
        "late": [row for row in rows if row.overdue],
        "may_plan": may_plan(request.user, initiative),
        "files": list_files(request, ACTIVITIES, on=initiative, code=initiative.code),
    }
    return render(request, "registry/plan/plan.html", context)


@published()
def activity(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One activity: what it is, who has agreed, what came of it, and what can be done with it now."""
    found = find_activity(request, code, number)
    row = row_of(found, timezone.localdate())
    steps = open_steps(request.user, found)
    keeps = may(request.user, KEEP_INITIATIVES, found.initiative)
    writes = keeps and bool(steps) and found.state in OPEN
    context = plan_frame(request, found.initiative) | {
        "activity": found,
        "row": row,
        "steps": steps,
        "agreeing": to_agree(request.user, found),
        "facts": _facts(found),
        "figures": _figures(found),
        "told": [{"term": _("What came of it"), "value": text_in(found.report)}] if found.report else [],
        "may_write": writes,
        "sees_experts": roster.sees_experts(request.user, found.initiative),
        "experts": roster.booked(request.user, found),
        "expert_count": found.expert_days.values("expert").distinct().count(),
    }
    return render(request, "registry/plan/activity.html", context)


def plan_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """A plan as a file; a cancelled activity stays in it, told as cancelled, so that calendars drop it."""
    initiative = find_initiative(request, code)
    rows = with_names(initiative.activities.all()).order_by("starts_on", "number")
    return calendar_file(_("Work plan: %(initiative)s") % {"initiative": initiative}, f"{code}-plan", rows)


def calendar_file(name: str, stem: str, activities: Any) -> HttpResponse:
    """A file for calendars."""
    body = calendar(name, (get_language() or "es")[:2], entries(activities))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{stem}.ics"'
    return response


def _facts(found: Activity) -> list[dict[str, Any]]:
    spoken, _dash, heard = found.interpretation.partition("-")
    pair = (
        f"{SPOKEN.get(spoken, spoken)} → {SPOKEN.get(heard, heard)}" if found.interpretation else _("Not interpreted")
    )
    facts = [
        {"term": _("Modality"), "value": str(found.modality)},
        {"term": _("Institution that sees to it"), "value": who_sees_to(found)},
        {"term": _("Where"), "value": place_of(found)},
        {"term": _("Interpretation"), "value": pair},
        {"term": _("Description"), "value": text_in(found.description)},
    ]
    if found.part:
        facts.insert(0, {"term": _("Part of the initiative"), "value": f"{found.part.number}. {found.part}"})
    return facts


def _figures(found: Activity) -> list[dict[str, Any]]:
    """What was reported; what nobody has told says so."""
    return [
        {"term": _("Women"), "value": found.women},
        {"term": _("Men"), "value": found.men},
        {"term": _("Of another sex, or not asked"), "value": found.others},
        {"term": _("Hours of the activity"), "value": found.hours},
        {"term": _("Hours that counterparts gave"), "value": found.counterpart_hours},
        {"term": _("Journeys"), "value": found.journeys},
        {"term": _("Hours interpreted"), "value": found.interpretation_hours},
    ]
