"""Which records are of the same cooperation: the queue of pairs, one pair, what was decided."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, requires
from ayni.common.permissions import DECLARE, LINK_RECORDS
from ayni.interop.actions import linkage as actions
from ayni.interop.models import RecordMerge, RecordPair, Verdict
from ayni.interop.queries.linkage_fields import fields_of, link_of
from ayni.interop.queries.linkage_pairs import clusters_for, merges_of, named, pairs_for, waiting, with_records
from ayni.interop.queries.linkage_words import evidence_of, percent, unknown_of
from ayni.interop.queries.reports import parties_of
from ayni.interop.queries.standing import behind, root_of
from ayni.registry.models import Initiative
from ayni.registry.queries.declarations.lifecycle import may_merge

PAGE = 20


@requires(LINK_RECORDS)
def queue(request: HttpRequest) -> HttpResponse:
    """The pair that waits first: the least certain one."""
    rows = waiting(request.user)
    pair = with_records(rows).first()
    context: dict[str, Any] = {"left": rows.count(), "pair": pair}
    if pair is not None:
        context |= _shown(pair)
    return render(request, "interop/linkage/queue.html", context)


@requires(LINK_RECORDS)
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair, what was said of it so far, and joining its records."""
    found = get_object_or_404(with_records(pairs_for(request.user)), pk=pk)
    joined = list(merges_of([found]).values())
    context = _shown(found) | {
        "pair": found,
        "decisions": found.decisions.select_related("decided_by"),
        "merge": next((one for one in joined if one.kept_id in (found.one_id, found.other_id)), None),
        "choices": [] if joined or found.verdict != Verdict.SAME else _choices(request.user, found),
        "standing": _standing(found) if found.reports else None,
    }
    return render(request, "interop/linkage/pair.html", context)


@requires(LINK_RECORDS)
def decided(request: HttpRequest) -> HttpResponse:
    """What was decided, the latest first; and what probably belongs together in threes and more."""
    rows = pairs_for(request.user).exclude(verdict="").order_by("-pk")
    rows = rows.select_related("one", "other", "report", "other_report")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    merges = merges_of(list(page))
    lines = [{"pair": one, "merge": merges.get(one.one_id or 0) or merges.get(one.other_id or 0)} for one in page]
    together = clusters_for(request.user)
    there = named(key for one in together for key in one.keys)
    groups = [
        {"records": [(there[key], *link_of(there[key])) for key in one.keys], "chance": percent(one.chance)}
        for one in together
    ]
    return render(request, "interop/linkage/decided.html", {"page": page, "lines": lines, "groups": groups})


@requires(LINK_RECORDS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the pair is; on to the next, or back to the pair where it was decided anew."""
    found = get_object_or_404(pairs_for(request.user), pk=pk)
    verdict, seen = request.POST.get("verdict", ""), request.POST.get("seen")
    done = attempt(
        request,
        lambda: actions.decide_pair(by=current_user(request), pair=found, verdict=verdict, seen=seen),
        _("Noted: %(verdict)s.") % {"verdict": dict(Verdict.choices).get(verdict, "")},
    )
    # Two initiatives that are the same are joined next; what concerns a report is done.
    stays = not done or "stay" in request.POST or verdict == Verdict.SAME and found.other_report_id is None
    return redirect("linkage_pair", pk) if stays else redirect("linkage")


@requires(LINK_RECORDS)
def join(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Ask before the other record joins the one of this code; then do it."""
    found = get_object_or_404(pairs_for(request.user).select_related("one", "other"), pk=pk)
    kept = next((one for one in (found.one, found.other) if one is not None and one.code == code), None)
    if kept is None or found.one is None or found.other is None:
        return redirect("linkage_pair", pk)
    merged = found.other if kept == found.one else found.one
    if not may_merge(request.user, merged):
        raise PermissionDenied(DECLARE)
    if request.method == "POST" and attempt(
        request,
        lambda: actions.join_pair(by=current_user(request), pair=found, kept=kept),
        _("The two records are one now."),
    ):
        return redirect("declarations", kept.code)
    context = {
        "title": _("Join the two records"),
        "text": _("“%(merged)s” (%(code)s) joins “%(kept)s” (%(other)s).")
        % {"merged": merged, "code": merged.code, "kept": kept, "other": kept.code},
        "consequences": [
            _("One record counts, with a declaration of each side; the other stays readable."),
            _("Where the two differ, the side that kept this one disputes the other, and both settle it there."),
            _("It can be taken back until a side has answered."),
        ],
        "confirm": _("Join"),
        "cancel_url": reverse("linkage_pair", args=[pk]),
    }
    return render(request, "common/confirm.html", context)


@requires(LINK_RECORDS)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merging back."""
    found = get_object_or_404(RecordMerge.objects.select_related("kept", "merged"), pk=pk)
    one, other = sorted((found.kept_id, found.merged_id))
    of = get_object_or_404(pairs_for(request.user), one=one, other=other)
    attempt(request, lambda: actions.part_pair(by=current_user(request), merge=found), _("They are two records again."))
    return redirect("linkage_pair", of.pk)


def _shown(found: RecordPair) -> dict[str, Any]:
    records = (found.first, found.second)
    return {
        "heads": [link_of(one) for one in records],
        "fields": fields_of(records),
        "evidence": evidence_of(found),
        "unknown": unknown_of(found),
        "chance": percent(found.chance),
    }


def _standing(found: RecordPair) -> dict[str, Any]:
    """What came of a pair with a report: where the reports stand now, and with whom an initiative can be opened of two."""
    root = root_of(found.reports[-1])
    reports = behind(root)
    there = reports if isinstance(root, Initiative) else [root, *reports]
    opens = found.verdict == Verdict.SAME and not isinstance(root, Initiative)
    return {
        "root": root,
        "link": link_of(root),
        "reports": there,
        "keepers": [one for one in parties_of(there) if one.country_id] if opens else [],
        "opens": opens,
    }


def _choices(user: Any, found: RecordPair) -> list[Initiative]:
    """The records that can stay: those whose counterpart the person may merge."""
    both = (found.one, found.other)
    return [one for one, other in (both, both[::-1]) if one and other and may_merge(user, other)]
