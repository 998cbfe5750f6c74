"""Two records of the same cooperation become one: the other is kept to be read, and counts no longer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import DECLARE, MEDIATE, may
from ayni.directory.models import Country
from ayni.registry.actions.initiatives.approvals import approve_again
from ayni.registry.actions.initiatives.frame import told
from ayni.registry.actions.initiatives.holding import is_public, locked
from ayni.registry.actions.validation.changes import ask_sides_again, said_of
from ayni.registry.actions.validation.standing import speak, write_standing
from ayni.registry.models import Declaration, Initiative, Outcome, Stance, Validation
from ayni.registry.queries.declarations.lifecycle import is_everybodys, may_merge, voices
from ayni.registry.queries.declared import ROLES, declared_values, differing, in_order_of_roles
from ayni.registry.queries.initiatives.sides import countries_of


@transaction.atomic
def merge_records(*, by: Any, kept: Initiative, merged: Initiative) -> Initiative:
    """“It is this one”: `kept` counts, `merged` no longer does. By the side that keeps `merged`, or by the secretariat.

    Whoever of `merged` is missing in `kept` joins it; where the two say different things, the side that kept `merged` disputes `kept`.
    Where they say the same, that side confirms `kept` if it is the one that merges; otherwise it stays asked. The activities,
    contributions and results of `merged` stay with it. Raises Refused for a record that is not declared, that was merged already or has
    others merged into it, of which another side has spoken (but by the secretariat), and for records without two countries in common.
    """
    first, second = sorted((kept, merged), key=lambda one: one.pk)
    held = {one.pk: one for one in (locked(first), locked(second))}
    kept, merged = held[kept.pk], held[merged.pk]
    mediates = may(by, MEDIATE)
    if not may_merge(by, merged) or not (voices(by, kept) or mediates):
        raise PermissionDenied(DECLARE)
    _refuse_unless_possible(kept, merged)
    if not mediates and is_everybodys(by, merged):
        raise Refused(
            _("Another side has spoken of the record that would join: only the secretariat merges it. Ask it to.")
        )
    _point(by, kept, merged)
    said = said_of(kept)
    joined = _join(kept, merged)
    _tell_join(by, kept, merged)
    ask_sides_again(by=by, initiative=kept, said=said)
    _say(by, kept, merged)
    if joined:
        approve_again(by=by, initiative=kept)
    return kept


def _refuse_unless_possible(kept: Initiative, merged: Initiative) -> None:
    if kept.pk == merged.pk:
        raise Refused(_("It is the same record."))
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise Refused(_("One of the two was merged into another already: choose that one."))
    if merged.merged.exists():
        raise Refused(_("Others were merged into this record: keep it, and merge the other one into it."))
    if kept.validation == Validation.PRIVATE:
        raise Refused(_("The record that stays has to be declared first."))
    both = {one.pk for one in countries_of(kept)} & {one.pk for one in countries_of(merged)}
    if len(both) < 2:
        raise Refused(_("The two records have not two countries in common."))


def _point(by: Any, kept: Initiative, merged: Initiative) -> None:
    """The merged record counts no longer; its own open disputes are left as they are settled in the other."""
    before = snapshot(merged)
    open_ = merged.declarations.filter(disputes__outcome=Outcome.OPEN)
    for said in open_.distinct():
        said.disputes.filter(outcome=Outcome.OPEN).update(
            outcome=Outcome.KEPT, settled_at=timezone.now(), settled_by=by
        )
    merged.merged_into = kept
    merged.save()
    record(by=by, verb="record merged", on=merged, before=before, after=snapshot(merged), public=is_public(merged))


def _join(kept: Initiative, merged: Initiative) -> bool:
    """Institutions that take part in the whole of `merged`, and not yet in `kept`. Returns whether there were any."""
    joined = False
    there = {one.institution_id for one in kept.participations.all()}
    for row in merged.participations.select_related("institution", "role").order_by("part__number", "pk"):
        if row.institution_id not in there:
            joined = True
            there.add(row.institution_id)
            kept.participations.create(
                institution=row.institution,
                role=row.role,
                counterpart=row.counterpart,
                hours_a_month=row.hours_a_month,
                tasks=row.tasks,
            )
    getattr(kept, "_prefetched_objects_cache", {}).pop("participations", None)
    return joined


def _tell_join(by: Any, kept: Initiative, merged: Initiative) -> None:
    before = told(kept)
    kept.revision += 1
    kept.save()
    after = {**told(kept), "merged": merged.code}
    record(by=by, verb="record received another", on=kept, before=before, after=after, public=is_public(kept))


def _say(by: Any, kept: Initiative, merged: Initiative) -> None:
    """The side that kept the merged record says of the other what its own said; a word that nobody of it gave is not put down."""
    country: Country | None = merged.institution.country
    assert country is not None
    stands, claims = declared_values(kept), declared_values(merged)
    claims[ROLES] = _roles(stands[ROLES], claims[ROLES])
    said = Declaration.objects.filter(initiative=kept, country=country).first()
    taken = set(said.disputes.filter(outcome=Outcome.OPEN).values_list("field", flat=True)) if said else set()
    other = differing(stands, claims)
    fields = [name for name in other if name not in taken and claims[name]]
    silent = said is None or said.stance == Stance.NOTIFIED
    if fields:
        _dispute(by, kept, merged, country, {name: (stands[name], claims[name]) for name in fields})
    elif silent and not other and country.pk in voices(by, kept):
        before = snapshot(kept)
        speak(by=by, initiative=kept, country=country, stance=Stance.CONFIRMED)
        _stand(by, kept, "record confirmed", before, {"side": country.pk, "claims": {}})


def _dispute(
    by: Any, kept: Initiative, merged: Initiative, country: Country, fields: Mapping[str, tuple[Any, Any]]
) -> None:
    before = snapshot(kept)
    said = speak(by=by, initiative=kept, country=country, stance=Stance.DISPUTED)
    for name, (stands, claimed) in fields.items():
        said.disputes.create(field=name, stands=stands, claimed=claimed, note=merged.code)
    also = {"side": country.pk, "claims": {name: claimed for name, (_stands, claimed) in fields.items()}}
    _stand(by, kept, "record disputed", before, also)


def _stand(by: Any, kept: Initiative, verb: str, before: Mapping[str, Any], also: Mapping[str, Any]) -> None:
    write_standing(by=by, initiative=kept, verb=verb, before=before, also=also, today=timezone.localdate())


def _roles(stands: list[dict[str, Any]], claimed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The roles of the record, with those that the other record gives the same institutions in the whole."""
    others = {row["institution"]: row["role"] for row in claimed if row["part"] is None}
    return in_order_of_roles(
        row if row["part"] is not None else {**row, "role": others.get(row["institution"], row["role"])}
        for row in stands
    )
