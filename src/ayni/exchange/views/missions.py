"""Missions: the planner of a demand, the list, a mission's page with its answers, and what the registry gets."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in
from ayni.common.permissions import READ_DRAFTS, SCREEN, WRITE_EXCHANGE, may
from ayni.common.reason import ReasonForm
from ayni.common.views.steps import asked_page
from ayni.exchange.actions import missions as actions
from ayni.exchange.actions.initiatives import open_initiative
from ayni.exchange.forms.missions import PlanForm
from ayni.exchange.models import Demand, DemandState, Mission, MissionState
from ayni.exchange.queries.handover import handover_of
from ayni.exchange.queries.initiative_origins import may_open, openable
from ayni.exchange.queries.mission_plan import Plan, plan, team_of
from ayni.exchange.queries.mission_shown import (
    agreements_for,
    lack_in_words,
    shown_mission,
    standing_agreements,
    weighed,
    words_for,
)
from ayni.exchange.queries.missions import (
    LIVE,
    OPEN,
    may_accept,
    may_reject,
    missions_for,
    open_answers,
    steps_of,
    turn_of_mission,
    with_parts,
    without_their_experts,
)
from ayni.exchange.views import writing
from ayni.exchange.views.opening import opened

PAGE = 20


@signed_in
def demand_mission(request: HttpRequest, pk: int) -> HttpResponse:
    """The missions that could serve a demand: the best, that of one country alone, the next best, with the proof."""
    demand: Demand = writing.find(request, writing.DEMAND, pk)
    if not (may(request.user, SCREEN) or may(request.user, READ_DRAFTS) or may(request.user, WRITE_EXCHANGE, demand)):
        raise PermissionDenied(SCREEN)
    form = PlanForm(request.GET or None)
    context: dict[str, Any] = {
        "demand": demand,
        "needs": list(demand.needs.select_related("quadrant")),
        "open": demand.state == DemandState.ELIGIBLE,
        "standing": demand.missions.filter(state__in=LIVE).first(),
        "form": form,
        "crumbs": [
            *writing.page_context(request, writing.DEMAND, demand)["crumbs"],
            {"label": str(demand), "url": reverse("demand", args=[pk])},
        ],
        "demo": demand.fictional,
        "fictional": demand.fictional,
    }
    if context["open"] and context["needs"]:
        context |= _plan_context(demand, plan(demand, form.assumed()))
        context["may_propose"] = may(request.user, SCREEN) and context["standing"] is None
    return render(request, "exchange/missions/plan.html", context)


def _plan_context(demand: Demand, found: Plan) -> dict[str, Any]:
    drafts = [*found.drafts, *([found.alone] if found.alone else [])]
    words = words_for(demand, drafts)
    shown = {draft.key: words.shown(draft) for draft in drafts}
    return {
        "plan": found,
        "best": shown[found.best.key] if found.best else None,
        "alone": shown[found.alone.key] if found.alone else None,
        "others": [shown[draft.key] for draft in found.drafts[1:]],
        "agreed": standing_agreements(demand.institution.country_id, shown.values()),
        "alone_is_best": found.alone is not None and found.best is not None and found.alone.key == found.best.key,
        "lack": lack_in_words(found.lack) if found.lack else "",
        "gap": 100 * found.gap,
        "agreements": agreements_for(need.quadrant.code for need in demand.needs.select_related("quadrant")),
    }


@requires(SCREEN)
@require_POST
def mission_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan once more, and propose the mission that was chosen. The planning is done before anything is written."""
    demand: Demand = writing.find(request, writing.DEMAND, pk)
    if demand.state != DemandState.ELIGIBLE or not demand.needs.exists():
        raise Http404
    assumed, key = PlanForm(request.POST).assumed(), request.POST.get("mission", "")
    found = plan(demand, assumed)
    # A team of the portfolio need not be among the best for this demand alone.
    draft = found.draft(key) or plan(demand, assumed, only=team_of(key)).draft(key)
    back = reverse("demand_mission", args=[pk])
    if draft is None:
        return _told(request, _("This team is not possible now. Here is what is."), back)
    beside = {
        "alone": found.alone.told() if found.alone else None,
        "others": [one.told() for one in found.drafts if one.key != draft.key],
    }
    made: list[Mission] = []
    done = attempt(
        request,
        lambda: made.append(
            actions.propose_mission(
                by=current_user(request), demand=demand, draft=draft, bound=found.bound, beside=beside
            )
        ),
        _("Proposed. Every side is told, and accepts or rejects it."),
    )
    return redirect("mission", made[0].pk) if done else redirect(back)


@signed_in
def missions(request: HttpRequest) -> HttpResponse:
    """The missions that the person may see, with whose turn it is."""
    rows = with_parts(missions_for(request.user)).order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(mission, turn_of_mission(mission)) for mission in page.object_list],
        "crumbs": _crumbs()[:1],
        "demo": True,
        "fictional": any(mission.demand.fictional for mission in page.object_list),
    }
    return render(request, "exchange/missions/list.html", context)


@signed_in
def mission(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what and when, who has accepted, whose turn it is, and what was weighed beside it."""
    found = _find(request, pk)
    codes = [part.quadrant.code for part in found.parts.all()]
    shown = shown_mission(found)
    context = {
        "mission": found,
        "shown": shown,
        "standing": standing_agreements(found.recipient_id, [shown]),
        "weighed": weighed(found),
        "turn": turn_of_mission(found),
        "answers": list(open_answers(request.user, found)),
        "steps": list(steps_of(request.user, found)),
        "agreements": agreements_for(codes),
        "gap": 100 * max(found.bound - found.value, 0.0) / found.bound if found.bound else 0.0,
        "lost": found.state in OPEN and without_their_experts(Mission.objects.filter(pk=found.pk)).exists(),
        "handed": found.state in (MissionState.AGREED, MissionState.HANDED_OVER),
        "openable": openable(request.user, found),
        "crumbs": _crumbs(),
        "demo": found.demand.fictional,
        "fictional": found.demand.fictional,
    }
    return render(request, "exchange/missions/mission.html", context)


@signed_in
def mission_accept(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Ask, then accept for one side."""
    found = _find(request, pk)
    if not may_accept(request.user, found, side):
        raise PermissionDenied(side)
    context = {
        "title": _("Accept the mission?"),
        "consequences": [
            _("The mission is agreed once every side has accepted; until then any side can reject it."),
            _("Once it is agreed, its expert-days are no longer offered to others."),
        ],
        "confirm": _("Accept"),
    }
    return _asked(
        request,
        found,
        context,
        lambda _reason: actions.accept_mission(by=current_user(request), mission=found, side=side),
    )


@signed_in
def mission_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then reject, or step back from what was agreed."""
    found = _find(request, pk)
    if not may_reject(request.user, found):
        raise PermissionDenied("reject")
    context = {
        "title": _("Reject the mission?"),
        "consequences": [_("It ends, every side is told with the reason, and the demand is open again.")],
        "confirm": _("Reject"),
        "danger": True,
    }
    return _asked(
        request,
        found,
        context,
        lambda reason: actions.reject_mission(by=current_user(request), mission=found, reason=reason),
        ReasonForm(posted(request)),
    )


@requires(SCREEN)
def mission_lapse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then let the mission lapse."""
    found = _find(request, pk)
    context = {
        "title": _("Let the mission lapse?"),
        "consequences": [_("It ends, every side is told with the reason, and the demand is open again.")],
        "confirm": _("Let it lapse"),
        "danger": True,
    }
    return _asked(
        request,
        found,
        context,
        lambda reason: actions.lapse_mission(by=current_user(request), mission=found, reason=reason),
        ReasonForm(posted(request)),
    )


@requires(SCREEN)
def mission_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then hand the mission over to the registry of initiatives."""
    found = _find(request, pk)
    context = {
        "title": _("Hand the mission over to the registry?"),
        "consequences": [
            _("The demand is formalised, and its matches end."),
            _("The mission can no longer be rejected here."),
        ],
        "confirm": _("Hand over"),
    }
    return _asked(
        request, found, context, lambda _reason: actions.hand_over_mission(by=current_user(request), mission=found)
    )


@signed_in
@require_POST
def mission_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the initiative that the mission becomes, and go there."""
    found = _find(request, pk)
    if not may_open(request.user, found):
        raise PermissionDenied("open an initiative")
    return opened(request, lambda: open_initiative(by=current_user(request), mission=found), "mission", pk)


@signed_in
def mission_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """What the registry needs to open an initiative, as JSON; for missions that are agreed."""
    found = _find(request, pk)
    if found.state not in (MissionState.AGREED, MissionState.HANDED_OVER):
        raise Http404
    return JsonResponse(handover_of(found), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _find(request: HttpRequest, pk: int) -> Mission:
    return get_object_or_404(with_parts(missions_for(request.user)), pk=pk)


def _asked(
    request: HttpRequest,
    found: Mission,
    context: dict[str, Any],
    act: Callable[[str], object],
    form: ReasonForm | None = None,
) -> HttpResponse:
    return asked_page(request, context, act, text=str(found), back=reverse("mission", args=[found.pk]), form=form)


def _told(request: HttpRequest, text: str, back: str) -> HttpResponse:
    messages.info(request, text)
    return redirect(back)


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Exchange"), "url": reverse("exchange")},
        {"label": _("Missions"), "url": reverse("missions")},
    ]
