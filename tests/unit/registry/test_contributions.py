"""What an institution gives, entered by its own side: who may, what is refused, how values are found."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Concept, Institution
from ayni.registry.actions import contributions as actions
from ayni.registry.models import OPEN_STATES, Contribution, ExchangeRate, InitiativeState
from ayni.registry.queries.contributions import enters_for, groups, rates_for, rows_of, shown
from tests.factories.contributions import TODAY, contribution, daily, facts, initiative, rate

pytestmark = pytest.mark.django_db
# Written by hand: who enters what a Brazilian ministry and a Chilean institution give. The coordination of Brazil is
# coordinacion.br, the "national-coordinator" of the demonstration is Chile's, the focal point is the ministry's.
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
TABLE = {
    "BR-MDS": {"focal-point", "coordination"},
    "CL-FOSIS": {"national-coordinator"},
}


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


@pytest.mark.parametrize("code", TABLE)
@pytest.mark.parametrize("name", EVERYBODY)
def test_its_own_side_enters_corrects_copies_and_removes_it(who, name, code):
    made, person, institution = initiative(), who(name), Institution.objects.get(code=code)
    standing = contribution(made, code, stage="planned")
    acts = (
        lambda: actions.add_contribution(by=person, initiative=made, institution=institution, facts=facts()),
        lambda: actions.edit_contribution(by=person, contribution=standing, base=1, facts=facts(note="Other.")),
        lambda: actions.copy_as_executed(by=person, contribution=standing),
        lambda: actions.remove_contribution(by=person, contribution=standing),
    )
    allowed = name in TABLE[code]
    assert (institution in enters_for(person, made)) == allowed
    for act in acts:
        if allowed:
            act()
        else:
            with pytest.raises(PermissionDenied), transaction.atomic():
                act()
    verbs = list(history(made).values_list("verb", flat=True))
    assert bool(verbs) == allowed
    if allowed:
        assert verbs == [
            "contribution removed",
            "contribution executed as planned",
            "contribution changed",
            "contribution added",
        ]


def test_who_keeps_the_record_enters_for_those_for_whom_nobody_does(who):
    made = initiative("BR-MDS", "CL-FOSIS", "XX-WB", "PY-MDS")
    codes = {one.code for one in enters_for(who("focal-point"), made)}
    assert codes >= {"BR-MDS", "XX-WB"} and "CL-FOSIS" not in codes
    assert [one.code for one in enters_for(who("national-coordinator"), made)] == ["CL-FOSIS"]


@pytest.mark.parametrize("state", InitiativeState.values)
def test_costs_are_written_until_the_record_is_over(who, state):
    days = {"closed_on": TODAY} if state in ("ex-post", "archived") else {}
    made = initiative(state=state, reason="Because.", **days)
    institution = Institution.objects.get(code="BR-MDS")

    def add() -> object:
        return actions.add_contribution(by=who("focal-point"), initiative=made, institution=institution, facts=facts())

    if state in OPEN_STATES:
        add()
    else:
        with pytest.raises(Refused, match="no longer changed"):
            add()
    assert made.contributions.count() == (state in OPEN_STATES)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"quantity": Decimal(0)}, "above zero"),
        ({"stage": "executed", "on": TODAY + timedelta(days=1)}, "not come yet"),
        ({"currency": ""}, "three capital letters"),
        ({"currency": "R$"}, "three capital letters"),
        ({"unit_value": None}, "Give the amount"),
        ({"amount": Decimal(999)}, "would be"),
        ({"method": {}}, "how the value was found"),
        ({"group": "C"}, "leave value and currency empty"),
        ({"by_daily_cost": True, "kind": "D012", "unit_value": None, "currency": ""}, "expert-days"),
        ({"by_daily_cost": True, "group": "A", "unit_value": None, "currency": ""}, "expert-days"),
        ({"by_daily_cost": True}, "leave them empty"),
        ({"by_daily_cost": True, "unit_value": None, "currency": ""}, "No daily cost is documented"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_does_not_fit_is_refused(who, values, said):
    made = initiative("MX-SEDESOL", "BR-MDS")
    made.institution.country.daily_costs.all().delete()
    Institution.objects.get(code="BR-MDS").country.daily_costs.all().delete()
    with pytest.raises(Refused, match=said):
        actions.add_contribution(
            by=who("focal-point"),
            initiative=made,
            institution=Institution.objects.get(code="BR-MDS"),
            facts=facts(**values),
        )
    assert not made.contributions.exists()


def test_who_does_not_take_part_gives_nothing(who):
    with pytest.raises(Refused, match="does not take part"):
        actions.add_contribution(
            by=who("secretariat"),
            initiative=initiative(),
            institution=Institution.objects.get(code="MX-SEDESOL"),
            facts=facts(),
        )


def test_nothing_is_added_to_a_record_that_another_replaces(who):
    first = initiative()
    second = initiative(code="BR-2090-0002", merged_into=first)
    institution = Institution.objects.get(code="BR-MDS")
    with pytest.raises(Refused, match="merged"):
        actions.add_contribution(by=who("focal-point"), initiative=second, institution=institution, facts=facts())


def test_an_activity_of_another_initiative_is_refused(who):
    first, second = initiative(), initiative(code="BR-2090-0002")
    institution = Institution.objects.get(code="BR-MDS")
    activity = first.activities.create(
        number=1,
        title={"en": "A visit"},
        modality=Concept.objects.current("modalities").first(),
        institution=institution,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    with pytest.raises(Refused, match="another initiative"):
        actions.add_contribution(
            by=who("focal-point"), initiative=second, institution=institution, facts=facts(activity=activity)
        )


def test_days_take_the_daily_cost_of_their_day_and_say_so(who):
    made, institution = initiative(), Institution.objects.get(code="BR-MDS")
    institution.country.daily_costs.all().delete()
    daily(amount="150", days_ago=400)
    daily(amount="180.50", days_ago=60)
    daily(amount="999", days_ago=5)
    added = actions.add_contribution(
        by=who("focal-point"),
        initiative=made,
        institution=institution,
        facts=facts(by_daily_cost=True, unit_value=None, currency="", quantity=Decimal("2.5"), method={}),
    )
    assert (added.unit_value, added.amount, added.currency) == (Decimal("180.50"), Decimal("451.25"), "BRL")
    assert set(added.method) == {"es", "pt", "en", "fr"}
    assert "180.50 BRL" in added.method["en"] and "Scale of the civil service" in added.method["en"]


def test_a_correction_of_the_daily_cost_leaves_what_was_valued(who):
    made, institution = initiative(), Institution.objects.get(code="BR-MDS")
    institution.country.daily_costs.all().delete()
    cost = daily(amount="150")
    given = facts(by_daily_cost=True, unit_value=None, currency="", method={})
    added = actions.add_contribution(by=who("focal-point"), initiative=made, institution=institution, facts=given)
    cost.delete()
    added.refresh_from_db()
    assert added.amount == Decimal(1500)


def test_the_later_of_two_is_told(who):
    made = contribution(initiative(), stage="planned")
    actions.edit_contribution(by=who("focal-point"), contribution=made, base=1, facts=facts(note="First."))
    with pytest.raises(Conflict):
        actions.edit_contribution(by=who("coordination"), contribution=made, base=1, facts=facts(note="Second."))
    made.refresh_from_db()
    assert (made.note, made.revision) == ("First.", 2)
    stale = Contribution.objects.get(pk=made.pk)
    actions.remove_contribution(by=who("focal-point"), contribution=made)
    with pytest.raises(Refused, match="removed"):
        actions.edit_contribution(by=who("focal-point"), contribution=stale, base=2, facts=facts())


def test_what_was_planned_is_copied_once_and_not_before_its_day(who):
    made = initiative()
    planned = contribution(made, stage="planned")
    copied = actions.copy_as_executed(by=who("focal-point"), contribution=planned)
    assert (copied.stage, copied.amount, copied.on) == ("executed", planned.amount, planned.on)
    with pytest.raises(Refused, match="executed already"):
        actions.copy_as_executed(by=who("focal-point"), contribution=planned)
    with pytest.raises(Refused, match="Only what is planned"):
        actions.copy_as_executed(by=who("focal-point"), contribution=copied)
    later = contribution(made, stage="planned", on=TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="not come yet"):
        actions.copy_as_executed(by=who("focal-point"), contribution=later)


def test_the_page_converts_what_it_can_and_keeps_the_groups_apart():
    made = initiative()
    for currency in ("BRL", "CLP"):
        ExchangeRate.objects.filter(currency=currency).delete()
    rate("BRL", "5", days_ago=40)
    contribution(made)
    contribution(made, amount=Decimal(300), on=TODAY - timedelta(days=8))
    contribution(made, "CL-FOSIS", group="A", amount=Decimal(70), currency="USD")
    contribution(made, "CL-FOSIS", group="C", quantity=Decimal(3), unit="hour")
    rows = rows_of(made)
    rates = rates_for(rows)
    one, *_others = listed = shown(rows, rates, [])
    assert (one.dollars, one.rate.per_dollar) == (Decimal(200), Decimal(5))
    assert [each.row.amount for each in listed if each.unconverted] == [Decimal(300)]
    a, b, c = groups(rows, rates)
    assert a.sum.executed.money.dollars == Decimal(70)
    assert (b.sum.executed.money.by_currency, b.sum.executed.money.dollars) == ({"BRL": Decimal(1300)}, Decimal(200))
    assert b.sum.executed.money.missing == {"BRL": 1}
    assert c.sum.executed.money is None and c.sum.executed.quantities == {"hour": Decimal(3)}
