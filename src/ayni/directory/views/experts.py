"""The roster: who is in it, and a profile. Names are for the expert, the institution's focal point and the secretariat."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.common.access import signed_in
from ayni.common.permissions import EDIT_EXPERTS, may
from ayni.directory.forms.experts import RosterFilters
from ayni.directory.models import Expert
from ayni.directory.queries import experts as queries
from ayni.directory.queries.programmes.page import spoken

A_PAGE = 50


@require_safe
@signed_in
def experts(request: HttpRequest) -> HttpResponse:
    """Those who may be proposed, by number; one's own people by name."""
    every = queries.roster(request.user, {})
    known = {one.institution.code: str(one.institution) for one in every}
    form = RosterFilters(request.GET, institutions=sorted(known.items(), key=lambda pair: pair[1].casefold()))
    asked = form.chosen()
    page = Paginator(queries.roster(request.user, asked), A_PAGE).get_page(request.GET.get("page"))
    number = page.paginator.count
    context = {
        "form": form,
        "page_obj": page,
        "rows": [row(request, one) for one in page],
        "result": ngettext("%(number)d expert", "%(number)d experts", number) % {"number": number},
        "clear_url": reverse("experts") if asked else "",
        "asked": bool(asked),
        "adds": may(request.user, EDIT_EXPERTS),
        "own": queries.own_profiles(request.user),
        "serves": queries.institutions_served(request.user),
        "demo": any(one.fictional for one in page),
        "fictional": any(one.fictional for one in page),
    }
    return render(request, "directory/experts/list.html", context)


@require_safe
@signed_in
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """A profile: everything for those who keep it; what proposes the expert for everybody else."""
    found = expert_or_404(request, pk)
    sees, keeps = queries.sees_person(request.user, found), queries.keeps(request.user, found)
    context: dict[str, Any] = {
        **row(request, found),
        "sees": sees,
        "keeps": keeps,
        "edits": keeps and (found.withdrawn_on is None or queries.is_own(request.user, found)),
        "speaks": speaks(request, found),
        "months": list(found.months.filter(month__in=queries.months_ahead()).order_by("month")) if sees else [],
        "services": list(found.services.select_related("country", "quadrant")) if sees else [],
        "crumbs": [{"label": _("Roster of experts"), "url": reverse("experts")}],
        "demo": found.fictional,
        "fictional": found.fictional,
    }
    return render(request, "directory/experts/expert.html", context)


def expert_or_404(request: HttpRequest, pk: int) -> Expert:
    """The profile, if the person may know of it. Raises Http404."""
    experts = Expert.objects.select_related("institution__country", "user")
    found = get_object_or_404(experts.prefetch_related("institution__names", "profiles", "topics"), pk=pk)
    if not found.may_be_proposed and not queries.keeps(request.user, found):
        raise Http404(pk)
    return found


def kept_or_403(request: HttpRequest, pk: int) -> Expert:
    """The profile, for whom may change it. Raises Http404 or PermissionDenied."""
    found = expert_or_404(request, pk)
    if not queries.keeps(request.user, found):
        raise PermissionDenied(EDIT_EXPERTS)
    return found


def speaks(request: HttpRequest, expert: Expert) -> bool:
    """Whether the person gives and withdraws the consent: the expert, or who keeps a profile without an account."""
    if queries.is_own(request.user, expert):
        return True
    return expert.user_id is None and may(request.user, EDIT_EXPERTS, expert)


def row(request: HttpRequest, expert: Expert) -> dict[str, Any]:
    """An expert as this reader may see one."""
    return {
        "expert": expert,
        "name": queries.called(request.user, expert),
        "languages": spoken(expert.languages),
        "state": _state(expert) if queries.keeps(request.user, expert) else "",
    }


def _state(expert: Expert) -> str:
    if expert.withdrawn_on is not None:
        return _("consent withdrawn")
    return "" if expert.consented_on is not None else _("no consent yet")
