"""What ends by itself: after twelve months without a word, after 60 days without an answer, after the deadline."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from ayni.accounts.models import User
from ayni.exchange.actions.lapses import lapse_overdue, year_before
from ayni.exchange.actions.steps import take_step
from ayni.exchange.models import Demand, Notice, Offer
from tests.factories.exchange import demand, match, offer

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 15)


@pytest.mark.parametrize(
    ("today", "before"), [(date(2027, 3, 15), date(2026, 3, 15)), (date(2028, 2, 29), date(2027, 2, 28))]
)
def test_a_year_before(today, before):
    assert year_before(today) == before


@pytest.mark.parametrize(("confirmed", "state"), [(date(2026, 3, 14), "lapsed"), (date(2026, 3, 15), "published")])
def test_an_offer_lapses_after_twelve_months_unless_it_is_confirmed(confirmed, state):
    Offer.objects.update(confirmed_on=TODAY)
    made = offer("BR-MDS", confirmed_on=confirmed)
    ended = lapse_overdue(by=None, today=TODAY)
    made.refresh_from_db()
    assert (made.state, ended.offers) == (state, int(state == "lapsed"))
    assert lapse_overdue(by=None, today=TODAY).offers == 0
    if state == "lapsed":
        assert Notice.objects.filter(offer=made, what="offer lapsed").exists()
        take_step(by=User.objects.get(email="coordinacion.br@demo.ayni"), thing=made, step="confirm")
        made.refresh_from_db()
        assert made.state == "published" and made.confirmed_on == date.today()


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"confirmed_on": date(2026, 3, 14)}, "expired"),
        ({"confirmed_on": TODAY}, "eligible"),
        ({"confirmed_on": TODAY, "deadline": date(2027, 2, 1)}, "expired"),
        ({"confirmed_on": TODAY, "deadline": date(2027, 3, 1)}, "eligible"),
    ],
)
def test_a_demand_expires_after_twelve_months_or_its_last_month(values, state):
    Demand.objects.update(confirmed_on=TODAY, starts=None, deadline=None)
    made = demand("CL-FOSIS", **values)
    lapse_overdue(by=None, today=TODAY)
    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize(("days", "state"), [(59, "suggested"), (62, "lapsed")])
def test_a_suggestion_that_nobody_answers_lapses(days, state):
    made = match()
    lapse_overdue(by=None, today=made.suggested_at.date() + timedelta(days=days))
    made.refresh_from_db()
    assert made.state == state
    if state == "lapsed":
        assert "60 days" in made.reason


def test_the_command_tells_how_many(capsys):
    Offer.objects.filter(state="published").update(confirmed_on=date(2020, 1, 1))
    standing = Offer.objects.filter(state="published").count()
    call_command("lapse")
    assert f"offers {standing}, demands 0, matches" in capsys.readouterr().out
