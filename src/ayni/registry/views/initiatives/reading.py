"""Initiatives: the list with its filters, and the overview of one."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.registry.forms.initiatives import InitiativeFilter, InitiativeForm
from ayni.registry.models import InitiativeApproval
from ayni.registry.queries.initiatives import lists
from ayni.registry.queries.initiatives.approvals import still_to_approve, to_approve
from ayni.registry.queries.initiatives.guards import lacking
from ayni.registry.queries.initiatives.lifecycle import WRITABLE, next_step, open_steps
from ayni.registry.queries.initiatives.linked import seen_agreements, sees_parent
from ayni.registry.queries.initiatives.origins import origins_of
from ayni.registry.queries.initiatives.page import life, turn_of, who
from ayni.registry.queries.initiatives.sides import sees_counterparts
from ayni.registry.views.initiatives.door import find, frame, merged_into
from ayni.registry.views.sheets.lists import OF_INITIATIVES

PAGE = 25
QUESTIONS = (
    "text",
    "country",
    "institution",
    "type",
    "topic",
    "modality",
    "quadrant",
    "state",
    "record",
    "year",
    "page",
)


@published(*QUESTIONS)
def initiatives(request: HttpRequest) -> HttpResponse:
    """The initiatives that the reader may see; validated and unilateral records are told apart."""
    rows = lists.initiatives_for(request.user)
    form = InitiativeFilter(
        request.GET,
        countries=lists.countries_there(),
        institutions=lists.institutions_there(),
        all_records=request.user.is_authenticated,
    )
    asked = form.asked()
    found = lists.filtered(rows, **asked)
    page = Paginator(lists.with_sides(found).order_by("-id"), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "rows": [(one, who(one)) for one in page.object_list],
        "result": ngettext("%(number)d initiative", "%(number)d initiatives", count) % {"number": count},
        "may_keep": may(request.user, KEEP_INITIATIVES),
        "files": list_files(request, *OF_INITIATIVES),
        "demo": True,
        "fictional": any(one.fictional for one in page.object_list),
    }
    return render(request, "registry/initiatives/list.html", context)


@published()
def initiative(request: HttpRequest, code: str) -> HttpResponse:
    """What is done together, by whom, when, how far it is, and what is missing for the next step."""
    try:
        found = find(request, code)
    except Http404:
        # An address that was published goes on answering.
        if other := merged_into(request, code):
            return redirect("initiative", other)
        raise
    prefetch_related_objects([found], Prefetch("approvals", InitiativeApproval.objects.select_related("country")))
    steps = [step for step in open_steps(request.user, found) if step.code != "approve"]
    may_write = may(request.user, KEEP_INITIATIVES, found) and found.state in WRITABLE
    # Who completes the record is told what is missing, though another takes the step.
    coming = next_step(found) if may_write or any(step.main for step in open_steps(request.user, found)) else ""
    context = frame(request, found, "initiative") | {
        "turn": turn_of(found),
        "life": life(found),
        "origins": origins_of(request.user, found),
        "steps": steps,
        "approving": to_approve(request.user, found),
        "approved_by": [one.country for one in found.approvals.all()],
        "waiting": still_to_approve(found),
        "lacking": lacking(found, coming) if coming else [],
        "may_write": may_write,
        "names": sees_counterparts(request.user, found),
        "told": [
            {"term": one.label, "value": text_in(getattr(found, one.stem))}
            for one in InitiativeForm.texts
            if one.stem != "title"
        ],
        "whole": [one for one in found.participations.all() if one.part_id is None],
        "parts": [
            {"part": part, "roles": [one for one in found.participations.all() if one.part_id == part.pk]}
            for part in found.components.all()
        ],
        "agreements": seen_agreements(request.user, found.agreements.all()),
        "parent": found.parent if sees_parent(request.user, found) else None,
        "below": list(lists.initiatives_for(request.user).filter(parent=found)),
    }
    return render(request, "registry/initiatives/initiative.html", context)
