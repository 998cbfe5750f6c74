"""What remains of an initiative, told by each side for its own country: at closure, 12 and 24 months later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ayni.common.audit import record_part, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Institution
from ayni.learning.actions.evaluations.steps import refuse_once_over
from ayni.learning.models import LASTING, CheckMoment, SustainabilityCheck
from ayni.learning.queries.evaluations.checks import EARLY, due_on, opens
from ayni.learning.queries.evaluations.parties import institutions_of
from ayni.registry.actions.initiatives.holding import is_public, locked
from ayni.registry.models import Initiative


@dataclass(frozen=True)
class Remains:
    """What is left: each item of LASTING 0 (nothing) to 3 (wholly), None or left out: not known; and replication."""

    checked_on: date
    items: Mapping[str, int | None] = field(default_factory=dict)
    government_changed: bool = False
    components_reused: int | None = None
    national: bool | None = None
    third_countries: int | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_check(
    *, by: Any, initiative: Initiative, institution: Institution, moment: str, remains: Remains
) -> SustainabilityCheck:
    """The check of one side for its own country.

    Raises Refused for an institution that takes no part or has no country, when the check stands already, before its time, for a
    day to come, for values outside 0 to 3, and for a change of government that has not come.
    """
    initiative = locked(initiative)
    require(by, KEEP_INITIATIVES, institution)
    refuse_once_over(initiative)
    if institution.country_id is None or institution not in institutions_of(initiative):
        raise Refused(_("A side that takes part says what remains in its own country."))
    if moment not in CheckMoment.values:
        raise Refused(_("There is no such moment."))
    if initiative.checks.filter(institution=institution, moment=moment).exists():
        raise Refused(_("This check has been made already: correct it on its page."))
    if not opens(initiative, moment, timezone.localdate()):
        raise Refused(_too_early(initiative, moment))
    _check(remains)
    made = SustainabilityCheck.objects.create(
        initiative=initiative, institution=institution, moment=moment, **_columns(remains)
    )
    shown = is_public(initiative)
    record_part(by=by, verb="sustainability check made", on=initiative, after=snapshot(made), public=shown)
    return made


@transaction.atomic
def edit_check(*, by: Any, check: SustainabilityCheck, base: int, remains: Remains) -> SustainabilityCheck:
    """Correct a check, by the same side alone; the record keeps what stood before.

    Raises Conflict when somebody else of the side has changed it since revision `base`, Refused as `make_check` does.
    """
    initiative = locked(check.initiative)
    require(by, KEEP_INITIATIVES, check.institution)
    refuse_once_over(initiative)
    check = SustainabilityCheck.objects.select_for_update().get(pk=check.pk)
    if base != check.revision:
        raise Conflict(
            _("Somebody else has changed this check meanwhile. Compare it with what stands, then save again.")
        )
    _check(remains)
    before = snapshot(check)
    for name, value in _columns(remains).items():
        setattr(check, name, value)
    check.revision += 1
    check.save()
    after = snapshot(check)
    record_part(
        by=by,
        verb="sustainability check changed",
        on=initiative,
        before=before,
        after=after,
        public=is_public(initiative),
    )
    return check


def _too_early(initiative: Initiative, moment: str) -> str:
    day = due_on(initiative, moment)
    if day is None:
        return _("What remains is checked once the initiative is closing.")
    return _("This check can be made from %(day)s on.") % {"day": date_format(day - EARLY)}


def _check(remains: Remains) -> None:
    if remains.checked_on > timezone.localdate():
        raise Refused(_("The day of the check has not come yet."))
    wrong = [item for item, value in remains.items.items() if item not in LASTING or value not in (None, 0, 1, 2, 3)]
    if wrong:
        raise Refused(_("What remains is told from 0 to 3."))
    if remains.items.get("government") is not None and not remains.government_changed:
        raise Refused(_("Whether it survived a change of government is told once there was one: say so."))


def _columns(remains: Remains) -> dict[str, Any]:
    return {item: remains.items.get(item) for item in LASTING} | {
        "checked_on": remains.checked_on,
        "government_changed": remains.government_changed,
        "components_reused": remains.components_reused,
        "national": remains.national,
        "third_countries": remains.third_countries,
        "evidence": dict(remains.evidence),
    }
