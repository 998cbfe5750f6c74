"""The plans of the demonstration: attached where their initiatives are, around today, with everybody's part in them."""

from datetime import date

import pytest

from ayni.common.audit import history
from ayni.common.reference import document
from ayni.directory.models import Concept
from ayni.registry.actions.demo_plan import load_plans
from ayni.registry.models import Activity, Initiative
from tests.factories.plan import TODAY, initiative

pytestmark = pytest.mark.django_db
PLANS = document("demo/plans.json")


def entered(code: str, *institutions: str, **values) -> Initiative:
    found = Initiative.objects.filter(code=code).first()
    if found is None:
        found = initiative(*institutions, code=code, **values)
        for number in (1, 2):
            found.components.create(number=number, title={"en": f"Part {number}"})
    return found


def test_a_plan_goes_to_its_initiative_and_is_entered_once():
    Activity.objects.all().delete()
    living = entered("BR-2025-0001", "BR-MDS", "PY-MDS")
    past = entered("CL-2009-0001", "CL-FOSIS", "BB-MPEA", state="archived")
    assert load_plans() and not load_plans()
    states = sorted(living.activities.values_list("state", flat=True))
    assert states == ["agreed", "agreed", "agreed", "done", "done", "planned", "planned"]
    assert living.activities.filter(starts_on__lte=TODAY, ends_on__gte=TODAY.replace(day=1)).exists()
    assert set(past.activities.values_list("state", flat=True)) == {"done"}
    assert past.activities.first().consents.count() == 2
    assert living.activities.filter(expert_days__isnull=False).distinct().count() == 2
    verbs = {event.verb for event in history(living)} | {event.verb for event in history(past)}
    assert {"activity added", "activity agreed", "activity done", "expert booked", "activity entered"} <= verbs


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["initiative"])
def test_every_text_has_its_four_languages_and_every_modality_is_known(plan):
    known = {one.code for one in Concept.objects.current("modalities")}
    for row in plan["activities"]:
        texts = [row["title"], *([row["report"]["text"]] if "report" in row else []), row.get("description")]
        assert all(set(text) == {"es", "pt", "en", "fr"} for text in texts if text)
        assert row["modality"] in known and len([key for key in ("week", "months", "from") if key in row]) == 1
        if "from" in row:
            assert date.fromisoformat(row["from"]) <= date.fromisoformat(row["to"]) < TODAY
