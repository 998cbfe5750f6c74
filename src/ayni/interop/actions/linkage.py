"""Pairs of records are compared, people say what they are, and what is the same becomes one record; or two again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import LINK_RECORDS
from ayni.interop.models import PairDecision, RecordMerge, RecordPair, Verdict
from ayni.interop.queries.linkage_pairs import may_decide
from ayni.interop.queries.linkage_records import compared, records, taught
from ayni.registry.actions.declarations.merging import merge_records
from ayni.registry.actions.declarations.parting import part_records, trace_of
from ayni.registry.models import Initiative

# Less probable pairs are not kept: nobody is asked about them.
LEAST = 0.05


@transaction.atomic
def compare_records(*, by: Any) -> int:
    """Compare all records anew with what was learned so far. Returns how many pairs are kept; `by` is None for the system.

    A pair that somebody has decided stays, whatever is thought of it now.
    """
    found = compared(records())
    model, now = taught(), timezone.now()
    chances = model.probabilities(found.found)
    kept = np.flatnonzero(chances >= LEAST)
    evidence = model.evidence(found.found[kept])
    rows = []
    for place, told in zip(kept.tolist(), evidence, strict=True):
        one, other = sorted(int(key) for key in found.keys(place))
        rows.append(
            RecordPair(
                one_id=one,
                other_id=other,
                chance=float(chances[place]),
                certainty=abs(float(chances[place]) - 0.5),
                features=[None if np.isnan(x) else round(float(x), 4) for x in found.found[place]],
                evidence={name: round(weight, 3) for name, weight in told.items()},
                compared_at=now,
            )
        )
    RecordPair.objects.filter(verdict="", decisions__isnull=True).delete()
    columns = ["chance", "certainty", "evidence", "compared_at"]
    RecordPair.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["one", "other"], update_fields=columns
    )
    return len(rows)


@transaction.atomic
def decide_pair(*, by: Any, pair: RecordPair, verdict: str, seen: str | None = None) -> PairDecision:
    """Somebody says what a pair is; an earlier decision stays to be read and counts no longer.

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
    if pair.one.merged_into_id is not None or pair.other.merged_into_id is not None:
        raise Refused(_("One of the two was merged: take that back first."))
    before = pair.verdict
    pair.decisions.filter(in_force=True).update(in_force=False)
    made = pair.decisions.create(verdict=verdict, chance=pair.chance, decided_at=timezone.now(), decided_by=by)
    pair.verdict = verdict
    pair.save(update_fields=["verdict"])
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
    if pair.verdict != Verdict.SAME:
        raise Refused(_("Records are joined once somebody has said that they are the same."))
    if kept.pk not in (pair.one_id, pair.other_id):
        raise Refused(_("There is no such choice."))
    merged = pair.other if kept.pk == pair.one_id else pair.one
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
    rows: Sequence[str] = ("one__institution__country", "other__institution__country")
    pair = RecordPair.objects.select_for_update(of=("self",)).select_related(*rows).get(pk=pair.pk)
    if not may_decide(by, pair):
        raise PermissionDenied(LINK_RECORDS)
    return pair
