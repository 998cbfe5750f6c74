"""What each institution gives to an initiative, entered by its own side: quantities always, values with their method."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.common.audit import record_part, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import LANGUAGES
from ayni.common.permissions import KEEP_INITIATIVES
from ayni.directory.models import Institution
from ayni.methods.contributions import expert_value
from ayni.registry.actions.initiatives.holding import is_public, locked, refuse_over
from ayni.registry.models import (
    CURRENCY,
    OPEN_STATES,
    Activity,
    Contribution,
    ContributionKind,
    DailyCost,
    Group,
    Initiative,
    Stage,
    Unit,
)
from ayni.registry.queries.contributions import enters_for
from ayni.registry.queries.rates import daily_cost


@dataclass(frozen=True)
class ContributionFacts:
    """What is given. `by_daily_cost`: the value is days times the country's documented daily cost, and nothing else is given."""

    kind: str
    group: str
    stage: str
    quantity: Decimal
    unit: str
    on: date
    by_daily_cost: bool = False
    unit_value: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    activity: Activity | None = None
    interpretation: bool = False
    method: dict[str, str] | None = None
    note: str = ""


@transaction.atomic
def add_contribution(
    *, by: Any, initiative: Initiative, institution: Institution, facts: ContributionFacts
) -> Contribution:
    """What `institution`, which takes part, gives or plans to give.

    Raises PermissionDenied for another side's, Refused when the value does not fit its group, or for something executed on a day to come.
    """
    initiative = _open(by=by, initiative=initiative, institution=institution)
    return enter_contribution(by=by, initiative=initiative, institution=institution, facts=facts)


@transaction.atomic
def enter_contribution(
    *, by: Any, initiative: Initiative, institution: Institution, facts: ContributionFacts
) -> Contribution:
    """The same for other actions that have asked who may: the demonstration, whose initiatives may be over."""
    added = initiative.contributions.create(institution=institution, **_columns(initiative, institution, facts))
    _told(by, initiative, "contribution added", None, added)
    return added


@transaction.atomic
def edit_contribution(*, by: Any, contribution: Contribution, base: int, facts: ContributionFacts) -> Contribution:
    """Correct it. Raises Conflict when somebody else has changed it since revision `base`."""
    initiative = _open(by=by, initiative=contribution.initiative, institution=contribution.institution)
    standing = _standing(contribution)
    if base != standing.revision:
        raise Conflict(
            _("Somebody else has changed this contribution meanwhile. Compare it with what stands, then save again.")
        )
    before = snapshot(standing)
    for name, value in _columns(initiative, contribution.institution, facts).items():
        setattr(standing, name, value)
    standing.revision += 1
    standing.save()
    _told(by, initiative, "contribution changed", before, standing)
    return standing


@transaction.atomic
def remove_contribution(*, by: Any, contribution: Contribution) -> None:
    """Take it out; the record of changes keeps what it was."""
    initiative = _open(by=by, initiative=contribution.initiative, institution=contribution.institution)
    standing = _standing(contribution)
    before = snapshot(standing)
    standing.delete()
    record_part(by=by, verb="contribution removed", on=initiative, before=before, public=is_public(initiative))


@transaction.atomic
def copy_as_executed(*, by: Any, contribution: Contribution) -> Contribution:
    """What was planned was given exactly so: the same, executed on its day. Raises Refused before that day, or when it is there already."""
    initiative = _open(by=by, initiative=contribution.initiative, institution=contribution.institution)
    contribution = _standing(contribution)
    if contribution.stage != Stage.PLANNED:
        raise Refused(_("Only what is planned can be copied as executed."))
    _not_to_come(contribution.on)
    values = {
        one.attname: getattr(contribution, one.attname)
        for one in Contribution._meta.concrete_fields
        if one.attname not in ("id", "stage", "revision")
    }
    same = {name: value for name, value in values.items() if name not in ("method", "note")}
    if Contribution.objects.filter(stage=Stage.EXECUTED, **same).exists():
        raise Refused(_("The same is recorded as executed already."))
    added = Contribution.objects.create(stage=Stage.EXECUTED, **values)
    _told(by, initiative, "contribution executed as planned", None, added)
    return added


def _standing(contribution: Contribution) -> Contribution:
    """As it stands, held for this transaction. Raises Refused when it is there no more."""
    standing = Contribution.objects.select_for_update(of=("self",)).filter(pk=contribution.pk).first()
    if standing is None:
        raise Refused(_("Somebody has removed this contribution meanwhile."))
    return standing


def _open(*, by: Any, initiative: Initiative, institution: Institution) -> Initiative:
    """The initiative, held for this transaction, when `by` enters what `institution` gives to it."""
    initiative = locked(initiative)
    if institution.pk not in {one.institution_id for one in initiative.participations.all()}:
        raise Refused(
            _("%(institution)s does not take part in this initiative: add it there first.")
            % {"institution": institution}
        )
    if institution.pk not in {one.pk for one in enters_for(by, initiative)}:
        raise PermissionDenied(KEEP_INITIATIVES)
    refuse_over(initiative, OPEN_STATES)
    return initiative


def _told(by: Any, initiative: Initiative, verb: str, before: Any, after: Contribution) -> None:
    """Written down with the initiative, whose revision stays: a contribution has its own."""
    record_part(by=by, verb=verb, on=initiative, before=before, after=snapshot(after), public=is_public(initiative))


def _columns(initiative: Initiative, institution: Institution, facts: ContributionFacts) -> dict[str, Any]:
    _check(initiative, facts)
    plain = {
        "kind": facts.kind,
        "group": facts.group,
        "stage": facts.stage,
        "quantity": facts.quantity,
        "unit": facts.unit,
        "on": facts.on,
        "activity": facts.activity,
        "interpretation": facts.interpretation,
        "note": facts.note.strip(),
    }
    if facts.by_daily_cost:
        return plain | _by_daily_cost(institution, facts)
    return plain | _as_given(facts)


def _check(initiative: Initiative, facts: ContributionFacts) -> None:
    if facts.quantity <= 0:
        raise Refused(_("A quantity is above zero."))
    if facts.stage == Stage.EXECUTED:
        _not_to_come(facts.on)
    if facts.activity is not None and facts.activity.initiative_id != initiative.pk:
        raise Refused(_("The activity belongs to another initiative."))


def _not_to_come(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("Its day has not come yet: until then it is planned."))


def _as_given(facts: ContributionFacts) -> dict[str, Any]:
    if facts.group == Group.UNVALUED:
        if facts.amount is not None or facts.unit_value is not None or facts.currency:
            raise Refused(_("What is given in kind and not valued has no amount: leave value and currency empty."))
        return {"unit_value": None, "amount": None, "currency": "", "method": facts.method or {}}
    if not re.fullmatch(CURRENCY, facts.currency):
        raise Refused(_("Write the currency's three capital letters, such as BRL."))
    amount = _amount(facts)
    if facts.group == Group.MONETISED and not facts.method:
        raise Refused(_("Say how the value was found: a tariff, an invoice, a documented daily cost."))
    return {
        "unit_value": facts.unit_value,
        "amount": amount,
        "currency": facts.currency,
        "method": facts.method or {},
    }


def _amount(facts: ContributionFacts) -> Decimal:
    if facts.unit_value is None and facts.amount is None:
        raise Refused(_("Give the amount, or the value of one unit."))
    if facts.unit_value is None:
        return facts.amount or Decimal()
    computed = expert_value(facts.quantity, facts.unit_value)
    if facts.amount is not None and facts.amount != computed:
        raise Refused(
            _(
                "The amount is not the quantity times the value of one unit, which would be %(computed)s. Leave one of them empty."
            )
            % {"computed": number_format(computed, 2)}
        )
    return computed


def _by_daily_cost(institution: Institution, facts: ContributionFacts) -> dict[str, Any]:
    asked = (ContributionKind.EXPERTS, Group.MONETISED, Unit.EXPERT_DAY)
    if (facts.kind, facts.group, facts.unit) != asked:
        raise Refused(_("The daily cost is the value of expert-days (D011) given in kind and valued in money."))
    if facts.amount is not None or facts.unit_value is not None or facts.currency:
        raise Refused(_("The daily cost gives value and currency: leave them empty."))
    cost = daily_cost(institution.country, facts.on)
    if cost is None:
        raise Refused(
            _("No daily cost is documented for %(country)s on that day: its coordination records it.")
            % {"country": institution.country or institution}
        )
    return {
        "unit_value": cost.amount,
        "amount": expert_value(facts.quantity, cost.amount),
        "currency": cost.currency,
        "method": _method(cost),
    }


def _method(cost: DailyCost) -> dict[str, str]:
    """The sentence about how days were valued, in every language."""
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = _(
                "Expert-days times the documented daily cost of %(country)s since %(day)s (%(amount)s %(currency)s); source: %(source)s"
            ) % {
                "country": cost.country,
                "day": date_format(cost.since, "DATE_FORMAT"),
                "amount": number_format(cost.amount, 2),
                "currency": cost.currency,
                "source": cost.source,
            }
    return found
