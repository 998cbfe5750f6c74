"""Pairs of records are compared, people say what they are, and what is the same becomes one record; or two again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import LINK_RECORDS, require
from ayni.interop.actions.reports import attach_reports, detach_reports
from ayni.interop.models import PairDecision, RecordMerge, RecordPair, Verdict
from ayni.interop.queries.linkage_found import Found
from ayni.interop.queries.linkage_pairs import may_decide
from ayni.registry.actions.declarations.merging import merge_records
from ayni.registry.actions.declarations.parting import part_records, trace_of
from ayni.registry.models import Initiative


@transaction.atomic
def keep_pairs(*, by: Any, found: Found) -> int:
    """Write what a comparison found, and take out what nobody has decided and was not found again. Returns how many pairs are kept.

    A pair that somebody has decided stays, whatever is thought of it now; one that is found again keeps its address. `by` is None
    for the system. Raises PermissionDenied.
    """
    if by is not None:
        require(by, LINK_RECORDS)
    columns = ["chance", "certainty", "features", "evidence", "compared_at"]
    for unique, some in found.rows.items():
        RecordPair.objects.bulk_create(
            some, batch_size=500, update_conflicts=True, unique_fields=unique, update_fields=columns
        )
    # Who decides holds the pair's row: what is decided meanwhile is no longer without a verdict when this has its turn.
    passed = RecordPair.objects.filter(verdict="", compared_at__lt=found.at)
    list(passed.select_for_update().order_by("pk").values_list("pk"))
    passed.filter(~Exists(PairDecision.objects.filter(pair=OuterRef("pk")))).delete()
    return found.number


@transaction.atomic
def decide_pair(*, by: Any, pair: RecordPair, verdict: str, seen: str | None = None) -> PairDecision:
    """Somebody says what a pair is; an earlier decision stays to be read and counts no longer.

    A report that is the same as a record stands behind it from then on, and with another decision no longer (actions/reports.py).

    `seen` is the verdict in force that the person saw ("" none): raises Conflict when another one stands by now. Raises Refused for
    a verdict that there is not, for the one in force, and while the two are merged.
    """
    pair = _held(by, pair)
    if verdict not in Verdict.values:
        raise Refused(_("There is no such choice."))
    if seen is not None and seen != pair.verdict:
        raise Conflict(_("Somebody else decided on this pair while you read it: look at it again."))
    if pair.verdict == verdict:
        raise Refused(_("That is what was decided already."))
    if pair.one and pair.other and (pair.one.merged_into_id or pair.other.merged_into_id):
        raise Refused(_("One of the two was merged: take that back first."))
    before = pair.verdict
    pair.decisions.filter(in_force=True).update(in_force=False)
    made = pair.decisions.create(verdict=verdict, chance=pair.chance, decided_at=timezone.now(), decided_by=by)
    pair.verdict = verdict
    pair.save(update_fields=["verdict"])
    if pair.reports and before == Verdict.SAME:
        detach_reports(by=by, pair=pair)
    if pair.reports and verdict == Verdict.SAME:
        attach_reports(by=by, pair=pair)
    told = {"verdict": verdict, "chance": round(pair.chance, 4)}
    record(by=by, verb="pair decided", on=pair, before={"verdict": before}, after=told, public=False)
    return made


@transaction.atomic
def join_pair(*, by: Any, pair: RecordPair, kept: Initiative) -> RecordMerge:
    """The two records become one with a declaration of each side; `kept` is the one that counts.

    Raises Refused unless somebody has decided that they are the same, and for what `merge_records` refuses; PermissionDenied unless
    `by` may merge the other one.
    """
    pair = _held(by, pair)
    if pair.verdict != Verdict.SAME or pair.one is None or pair.other is None:
        raise Refused(_("Records are joined once somebody has said that they are the same."))
    if kept.pk not in (pair.one_id, pair.other_id):
        raise Refused(_("There is no such choice."))
    merged = pair.other if kept.pk == pair.one_id else pair.one
    # What a side says meanwhile must not pass for something that the merging did.
    list(Initiative.objects.select_for_update().filter(pk__in=(kept.pk, merged.pk)).order_by("pk"))
    before = trace_of(kept, merged)
    merge_records(by=by, kept=kept, merged=merged)
    made = RecordMerge.objects.create(
        kept=kept,
        merged=merged,
        before=before,
        after=trace_of(kept, merged),
        merged_at=timezone.now(),
        merged_by=by,
    )
    record(by=by, verb="pair joined", on=pair, before={}, after={"kept": kept.code}, public=False)
    return made


@transaction.atomic
def part_pair(*, by: Any, merge: RecordMerge) -> RecordMerge:
    """Take the merging back. Raises Refused when that was done already, and for what `part_records` refuses."""
    merge = RecordMerge.objects.select_for_update(of=("self",)).select_related("kept", "merged").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Refused(_("That was taken back already."))
    before = snapshot(merge)
    part_records(by=by, kept=merge.kept, merged=merge.merged, before=merge.before, after=merge.after)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save()
    record(by=by, verb="merging taken back", on=merge, before=before, after=snapshot(merge), public=False)
    return merge


def _held(by: Any, pair: RecordPair) -> RecordPair:
    """The pair as it stands, held for this transaction, for whom may say what it is."""
    rows = RecordPair.objects.select_for_update(of=("self",)).select_related(
        "one__institution__country", "other__institution__country", "report", "other_report"
    )
    held = rows.filter(pk=pair.pk).first()
    if held is None:
        raise Conflict(_("The two records have changed, and nothing is asked about them any more."))
    if not may_decide(by, held):
        raise PermissionDenied(LINK_RECORDS)
    return held
