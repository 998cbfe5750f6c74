"""The demonstration's work plans (data/demo/plans.json): what lies around today is planned, agreed and reported by its people.

Days of living plans are told as weeks from the present one, so that the present month always shows some. What was done in
earlier years cannot be lived again: it is entered as it stands, with one event of the record each. All are fictional, as their
initiatives say.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Concept, Country, Expert, Institution, Membership
from ayni.methods.schedule import Span, days_of, months_later
from ayni.registry.actions.initiatives.holding import touch
from ayni.registry.actions.plan.experts import book_expert
from ayni.registry.actions.plan.steps import Report, agree_dates, cancel_activity, report_done
from ayni.registry.actions.plan.writing import ActivityFacts, add_activity, told
from ayni.registry.models import Activity, ActivityState, Initiative
from ayni.registry.queries.initiatives.sides import countries_of

# The sides agree a month before.
BEFORE = timedelta(days=30)


@transaction.atomic
def load_plans(*, by: Any = None) -> bool:
    """Enter the plans of the initiatives that are there, unless there is any activity. Returns whether it did."""
    if Activity.objects.exists():
        return False
    held = Membership.objects.in_force().filter(role="national-coordinator").select_related("user")
    loading = _Loading({one.country_id: one.user for one in held}, by)
    rows = Initiative.objects.select_related("institution__country").prefetch_related(
        "participations__institution__country"
    )
    there = {one.code: one for one in rows}
    for plan in document("demo/plans.json"):
        initiative = there.get(plan["initiative"])
        if initiative is not None:
            for row in plan["activities"]:
                loading.enter(initiative, row)
    return True


class _Loading:
    """What all plans share: who acts for a country, the modalities, the institutions."""

    def __init__(self, coordinators: Mapping[str | None, User], by: Any) -> None:
        self._coordinators = coordinators
        self._by = by
        self._modalities = {one.code: one for one in Concept.objects.current("modalities")}
        self._institutions = {one.code: one for one in Institution.objects.select_related("country")}
        self._countries = {one.pk: one for one in Country.objects.all()}

    def enter(self, initiative: Initiative, row: Mapping[str, Any]) -> None:
        """One activity, lived or entered as it stood."""
        if "week" in row:
            self._live(initiative, row)
        else:
            self._as_it_stood(initiative, row)

    def _acting(self, initiative: Initiative, country: str | None) -> Any:
        keeper = self._coordinators.get(initiative.institution.country_id, self._by)
        return self._coordinators.get(country, keeper)

    def _live(self, initiative: Initiative, row: Mapping[str, Any]) -> None:
        acting = self._acting(initiative, self._institutions[row["institution"]].country_id)
        made = add_activity(by=acting, initiative=initiative, facts=self._facts(initiative, row))
        for one in row.get("experts", ()):
            expert = Expert.objects.filter(email=one["email"]).select_related("institution__country").first()
            if expert is not None:
                days = days_of(Span(made.starts_on, made.ends_on), weekends=False)
                lending = self._acting(initiative, expert.institution.country_id)
                book_expert(by=lending, activity=made, expert=expert, days=days, hours=one["hours"])
        for country in countries_of(initiative):
            if row["agreed"] == "all" or country.pk in row["agreed"]:
                agree_dates(by=self._acting(initiative, country.pk), activity=made, country=country)
        if "report" in row:
            report_done(by=acting, activity=made, report=_report(row))
        elif "reason" in row:
            cancel_activity(by=acting, activity=made, reason=row["reason"])

    def _as_it_stood(self, initiative: Initiative, row: Mapping[str, Any]) -> None:
        facts, report = self._facts(initiative, row), vars(_report(row))
        values = vars(facts) | {"report" if name == "text" else name: value for name, value in report.items()}
        last = initiative.activities.count()
        made = initiative.activities.create(number=last + 1, state=ActivityState.DONE, **values)
        agreed = timezone.make_aware(datetime.combine(made.starts_on - BEFORE, time(12)))
        for country in countries_of(initiative):
            made.consents.create(country=country, agreed_at=agreed, agreed_by=self._acting(initiative, country.pk))
        keeper = self._acting(initiative, initiative.institution.country_id)
        touch(by=keeper, initiative=initiative, verb="activity entered", before=None, after=told(made))

    def _facts(self, initiative: Initiative, row: Mapping[str, Any]) -> ActivityFacts:
        first, last = _days(row)
        return ActivityFacts(
            title=row["title"],
            description=row.get("description", {}),
            modality=self._modalities[row["modality"]],
            institution=self._institutions[row["institution"]],
            part=initiative.components.filter(number=row["part"]).first() if "part" in row else None,
            starts_on=first,
            ends_on=last,
            country=self._countries[row["country"]] if "country" in row else None,
            place=row.get("place", ""),
            online=row.get("online", False),
            follow_up=row.get("follow_up", False),
            interpretation=row.get("interpretation", ""),
        )


def _report(row: Mapping[str, Any]) -> Report:
    return Report(interpretation=row.get("interpretation", ""), **row["report"])


def _days(row: Mapping[str, Any]) -> tuple[date, date]:
    """ISO 8601; or [weeks from the present one, day from Monday as 0]; or months from the present one, for so many days."""
    today = timezone.localdate()
    if "week" in row:
        monday = today - timedelta(days=today.weekday())
        (week, day), (last_week, last_day) = row["week"], row["until"]
        return monday + timedelta(days=7 * week + day), monday + timedelta(days=7 * last_week + last_day)
    if "months" in row:
        first = months_later(today, row["months"])
        first += timedelta(days=-first.weekday() % 7)
        return first, first + timedelta(days=row["days"] - 1)
    return date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
