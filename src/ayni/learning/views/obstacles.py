"""Obstacles: the list with its numbers, one with what others did, those of an initiative, and keeping them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, take_base
from ayni.common.desk import url
from ayni.common.errors import Conflict
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.learning.actions import obstacles as actions
from ayni.learning.forms.obstacles import MeasureForm, ObstacleFilter, ObstacleForm
from ayni.learning.models import Obstacle
from ayni.learning.queries import obstacles as queries
from ayni.learning.queries.obstacle_counts import by_year, counts, live_table
from ayni.learning.views.form_page import form_page
from ayni.learning.views.sheets.lists import OBSTACLES
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.initiatives.sides import taking_part
from ayni.registry.queries.reach import institutions_kept
from ayni.registry.views.initiatives.door import find, frame, kept, part_page

PAGE = 20
MEASURES = 6
QUESTIONS = ("text", "kind", "country", "standing", "year", "page")


@published(*QUESTIONS)
def obstacles(request: HttpRequest) -> HttpResponse:
    """How often which obstacle was met, in which country and year; what was done about it and whether it worked."""
    form = ObstacleFilter(request.GET, countries=queries.countries_there())
    asked = form.asked()
    rows = queries.filtered(queries.obstacles_for(request.user), **asked)
    page = Paginator(queries.with_all(rows), PAGE).get_page(request.GET.get("page"))
    found, count = counts(rows), page.paginator.count
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "result": ngettext("%(number)d obstacle", "%(number)d obstacles", count) % {"number": count},
        "table": live_table(found),
        "years": by_year(found),
        "measures": queries.with_all(queries.measures(rows))[:MEASURES],
        "diagnosis_url": url("diagnosis"),
        "may_keep": may(request.user, KEEP_INITIATIVES),
        "files": list_files(request, OBSTACLES),
        "demo": True,
        "fictional": any(one.fictional for one in page.object_list),
    }
    return render(request, "learning/obstacles/list.html", context)


@published()
def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """What stood in the way, what was done about it, and what others did about the same."""
    found = _find(request, pk)
    context = {
        "obstacle": found,
        "others": list(queries.others_did(request.user, found)),
        "may_keep": may(request.user, KEEP_INITIATIVES, found),
        "demo": found.fictional,
        "fictional": found.fictional,
        "crumbs": [{"label": _("Obstacles"), "url": reverse("obstacles")}],
    }
    return render(request, "learning/obstacles/obstacle.html", context)


@published()
def initiative_obstacles(request: HttpRequest, code: str) -> HttpResponse:
    """The obstacles of one initiative."""
    found = find(request, code)
    rows = queries.with_all(queries.obstacles_for(request.user).filter(initiative=found))
    files = list_files(request, OBSTACLES, on=found, code=found.code)
    context = frame(request, found, "initiative_obstacles") | {"obstacles": list(rows), "files": files}
    return render(request, "learning/obstacles/of_initiative.html", context)


@requires(KEEP_INITIATIVES)
def obstacle_add(request: HttpRequest) -> HttpResponse:
    """An obstacle of an initiative, or of the country's cooperation as a whole."""
    institutions = list(institutions_kept(request.user, KEEP_INITIATIVES).select_related("country"))
    form = ObstacleForm(posted(request), institutions=institutions, initiatives=_mine(request))

    def register() -> object:
        return actions.register_obstacle(by=current_user(request), institution=form.keeper(), facts=form.facts())

    title, back = _("Register an obstacle"), reverse("obstacles")
    return form_page(request, form, title, register, eyebrow=_("Obstacles"), back_url=back)


@requires(KEEP_INITIATIVES)
def initiative_obstacle_add(request: HttpRequest, code: str) -> HttpResponse:
    """An obstacle of one initiative."""
    found = kept(request, code)
    parties = {one.institution_id for one in found.participations.all()}
    rows = institutions_kept(request.user, KEEP_INITIATIVES).select_related("country")
    mine = [one for one in rows if one.pk in parties]
    form = ObstacleForm(posted(request), institutions=mine, initiatives=[], within=found)

    def register() -> object:
        return actions.register_obstacle(by=current_user(request), institution=form.keeper(), facts=form.facts())

    return part_page(request, found, form, _("Register an obstacle"), register, back="initiative_obstacles")


@requires(KEEP_INITIATIVES)
def obstacle_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is said of it."""
    found = _kept(request, pk)
    form = ObstacleForm(posted(request), institutions=[], initiatives=_mine(request), obstacle=found)

    def change(base: int) -> object:
        return actions.edit_obstacle(by=current_user(request), obstacle=found, base=base, facts=form.facts())

    return _changing(request, found, form, _("Correct the obstacle"), change)


@requires(KEEP_INITIATIVES)
def obstacle_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done about it, whether that worked, and when the obstacle ended."""
    found = _kept(request, pk)
    form = MeasureForm(posted(request), obstacle=found)

    def change(base: int) -> object:
        return actions.take_measure(by=current_user(request), obstacle=found, base=base, measure=form.measure())

    return _changing(request, found, form, _("What was done about it"), change)


@requires(KEEP_INITIATIVES)
@require_POST
def obstacle_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out."""
    found = _kept(request, pk)
    attempt(request, lambda: actions.remove_obstacle(by=current_user(request), obstacle=found), _("Removed."))
    return redirect("obstacles")


def _changing(request: HttpRequest, found: Obstacle, form: Any, title: str, change: Any) -> HttpResponse:
    """A form upon the revision that it was opened with; the later of two is shown what the other has saved."""
    differing: list[dict[str, Any]] = []

    def act() -> object:
        try:
            return change(form.cleaned_data["base"] or 0)
        except Conflict:
            stands = _kept(request, found.pk)
            differing.extend({"label": one.label, "value": text_in(getattr(stands, one.stem))} for one in form.texts)
            take_base(request, form, stands.revision)
            raise

    back = reverse("obstacle", args=[found.pk])
    return form_page(request, form, title, act, eyebrow=found, back_url=back, differing=differing)


def _find(request: HttpRequest, pk: int) -> Obstacle:
    return get_object_or_404(queries.with_all(queries.obstacles_for(request.user)), pk=pk)


def _kept(request: HttpRequest, pk: int) -> Obstacle:
    found = _find(request, pk)
    if not may(request.user, KEEP_INITIATIVES, found):
        raise PermissionDenied(KEEP_INITIATIVES)
    return found


def _mine(request: HttpRequest) -> list[Initiative]:
    return list(initiatives_for(request.user).filter(taking_part(request.user)).distinct())
