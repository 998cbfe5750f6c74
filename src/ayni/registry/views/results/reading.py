"""Results as everybody reads them: a frame by level, an indicator with its periods, what stands behind a sum."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.registry.models import Indicator, ResultFrame
from ayni.registry.queries.initiatives.lifecycle import WRITABLE
from ayni.registry.queries.results.behind import behind, sources_of
from ayni.registry.queries.results.frames import due_periods, frames_for, indicators_for, measuring, results_of
from ayni.registry.queries.results.measured import by_period, splits
from ayni.registry.queries.results.rollup import rolled
from ayni.registry.queries.results.shown import by_level, line_of, trend
from ayni.registry.views.initiatives.door import find
from ayni.registry.views.initiatives.door import frame as around_initiative
from ayni.registry.views.results.door import around, find_frame, find_indicator, home_of, with_tabs
from ayni.registry.views.sheets.lists import INDICATORS, MEASUREMENTS

PAGE = 25


@published()
def results(request: HttpRequest, code: str) -> HttpResponse:
    """What an initiative is to change, how it is measured, and how far it is."""
    found = find(request, code)
    frame = frames_for(request.user).filter(initiative=found).first()
    if frame is not None:
        frame.initiative = found
        files = list_files(request, INDICATORS, MEASUREMENTS, on=frame, code=found.code)
        return frame_page(request, frame, around_initiative(request, found, "results") | {"files": files})
    context = around_initiative(request, found, "results") | {
        "part": _("Results"),
        "may_open": may(request.user, KEEP_INITIATIVES, found) and found.state in WRITABLE,
    }
    return render(request, "registry/results/none.html", context)


def frame_page(request: HttpRequest, frame: ResultFrame, context: dict[str, Any]) -> HttpResponse:
    """A frame, of an initiative or of a pair."""
    found = results_of(frame)
    roll = rolled(request.user, frame)
    today = timezone.localdate()
    parts = by_level(found, roll)
    lines = [line for part in parts for _result, rows in part.results for line in rows]
    periods = [one.period for line in lines for one in line.periods]
    below = frames_for(request.user).filter(parent=frame).order_by("pk")
    context |= around(request, frame)
    context |= {
        "part": _("Results"),
        "levels": parts,
        "apart": roll.apart,
        "rolls": any(line.rolled.parts for line in lines),
        "due": due_periods(frame, today).count() if context["may_review"] else 0,
        "unlocked": sum(not one.locked for one in periods),
        "parent": frames_for(request.user).filter(pk=frame.parent_id).first() if frame.parent_id else None,
        "below": [{"label": str(one), "url": home_of(one), "key": one.pk} for one in below[:PAGE]],
    }
    return render(request, "registry/results/frame.html", context)


@published("page")
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator: its periods, what each institution measured, who must act, and what rolls up into it."""
    found = find_indicator(request, pk)
    frame = found.result.frame
    context = around(request, frame)
    roll = rolled(request.user, frame)
    line = line_of(found, roll)
    page = Paginator(sorted(line.rolled.parts), PAGE).get_page(request.GET.get("page"))
    points = list(trend(line))
    context["crumbs"].append({"label": _("Results"), "url": home_of(frame)})
    parts = by_period(line, works=context["works"], mine=_mine(request, found), today=timezone.localdate())
    context |= {
        "indicator": found,
        "line": line,
        "into": indicators_for(request.user).filter(pk=found.rolls_into_id).first() if found.rolls_into_id else None,
        "apart": roll.apart,
        "points": points,
        "last_point": points[-1] if points else None,
        "periods": parts,
        "may_remove": context["may_write"] and not line.rolled.parts and not any(one.rows for one in parts),
        "splits": splits(found),
        "page_obj": page,
        "behind": behind(request.user, line, page.object_list),
    }
    return render(request, "registry/results/indicator.html", context)


@published()
def roll_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands behind each number of a parent frame."""
    frame = find_frame(request, pk)
    context = with_tabs(request, frame)
    roll = rolled(request.user, frame)
    lines = [line_of(row, roll) for result in results_of(frame) for row in result.indicators.all()]
    lines = [line for line in lines if line.rolled.parts]
    context |= {"part": _("What rolls up"), "apart": roll.apart, "rows": sources_of(request.user, lines, PAGE)}
    return render(request, "registry/results/roll_up.html", context)


def _mine(request: HttpRequest, found: Indicator) -> list[Any]:
    if not may(request.user, KEEP_INITIATIVES):
        return []
    return measuring(request.user, found.result.frame)
