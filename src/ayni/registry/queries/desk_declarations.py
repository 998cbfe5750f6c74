"""What waits on a person's desk about the records of two sides (settings.DESK)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import DECLARE, MEDIATE, ROLES, grants_of, may
from ayni.registry.models import APPROVED, Declaration, Dispute, Initiative, Outcome, Participation, Stance, Validation
from ayni.registry.queries.declared import FIELDS

KINDS: dict[str, Promise] = {"declaration": gettext_lazy("Records of the sides")}
WAYS: tuple[tuple[str, str, Promise], ...] = (("", "initiative_statistics", gettext_lazy("Count the records")),)


def sources(user: User) -> Iterable[Source]:
    """For a coordination: to declare, to confirm, disputes to answer, to publish; for the secretariat: to mediate."""
    if may(user, DECLARE):
        mine = [one.country_id for one in grants_of(user) if DECLARE in ROLES[one.role].permissions and one.country_id]
        yield Source(_records(mine).filter(validation=Validation.PRIVATE, state__in=APPROVED), _to_declare)
        asked = Declaration.objects.filter(
            country__in=mine, stance=Stance.NOTIFIED, initiative__merged_into__isnull=True
        )
        yield Source(asked.select_related("initiative", "country"), _to_confirm)
        yield Source(_disputes().filter(_heard(mine), asked_secretariat=False), _to_answer)
        yield Source(_records(mine).filter(validation=Validation.VALIDATED), _to_publish)
    if may(user, MEDIATE):
        yield Source(_disputes().filter(asked_secretariat=True), _to_mediate)


def _records(countries: list[str]) -> QuerySet[Initiative]:
    return Initiative.objects.filter(_side("pk", countries), merged_into__isnull=True)


def _side(record: str, countries: list[str]) -> Q:
    return Q(Exists(Participation.objects.filter(initiative=OuterRef(record), institution__country__in=countries)))


def _disputes() -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(outcome=Outcome.OPEN, declaration__initiative__merged_into__isnull=True)
    return rows.select_related("declaration__initiative", "declaration__country")


def _heard(mine: list[str]) -> Q:
    """What another side claims or proposes, where one's own has not put the latest proposal forward."""
    own = Q(declaration__country__in=mine)
    proposed_by_another = Q(proposed_by__isnull=False) & ~Q(proposed_by=F("declaration__country"))
    others = ~own & _side("declaration__initiative", mine)
    return own & proposed_by_another | others & ~(proposed_by_another & Q(proposed_by__in=mine))


def _to_declare(one: Initiative) -> Task:
    return _task(one, _("Declare the record, so that the other side confirms it."))


def _to_confirm(one: Declaration) -> Task:
    text = _("Confirm the record for %(country)s, or dispute what is wrong.") % {"country": one.country}
    return _task(one.initiative, text, one.due_on)


def _to_answer(one: Dispute) -> Task:
    text = _("Answer the dispute about “%(field)s”.") % {"field": FIELDS[one.field]}
    return _task(one.declaration.initiative, text)


def _to_publish(one: Initiative) -> Task:
    return _task(one, _("Every side has confirmed the record: publish it."))


def _to_mediate(one: Dispute) -> Task:
    text = _("Mediate about “%(field)s”: a side has asked.") % {"field": FIELDS[one.field]}
    return _task(one.declaration.initiative, text)


def _task(initiative: Initiative, why: str, deadline: Any = None) -> Task:
    return Task(
        "declaration", f"{initiative.code}: {initiative}", why, url("declarations", initiative.code), None, deadline
    )
