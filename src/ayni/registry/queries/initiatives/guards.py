"""What an initiative lacks for a step. Each app brings its part (`settings.INITIATIVE_GUARDS`): `gaps(initiative, step)`.

The registry knows nothing of evaluations and of the matrix, which lie above it; what is missing is told by who knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.directory.models import Institution
from ayni.registry.models import ActivityState, Initiative
from ayni.registry.queries.initiatives.approvals import missing_approvals, still_to_approve


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, in a sentence, and the page where it is mended ("" where there is none)."""

    text: str
    url: str = ""


def lacking(initiative: Initiative, step: str) -> list[Gap]:
    """What every app finds missing for the step; empty when it can be taken."""
    # What was approved may have lost something since: what approval asks for holds until the first day.
    asked = ("approve", "begin") if step == "begin" else (step,)
    found: list[Gap] = []
    for name in settings.INITIATIVE_GUARDS:
        gaps_of = import_module(name).gaps
        for one in asked:
            found += gaps_of(initiative, one)
    return found


def gaps(initiative: Initiative, step: str) -> Iterable[Gap]:
    """What the registry itself asks: who takes part and answers for it, what for, when; nothing left undone at the end."""
    if step == "formulate":
        return _parties(initiative)
    if step == "approve":
        return [*_parties(initiative), *_counterparts(initiative), *_frame(initiative)]
    if step == "begin":
        return _approvals(initiative)
    if step == "close":
        return [*_joined(initiative), *_undone(initiative)]
    if step == "follow":
        return _joined(initiative)
    if step == "archive":
        return _undone(initiative)
    if step == "join":
        return _counterparts(initiative)
    return []


def _parties(initiative: Initiative) -> Iterable[Gap]:
    places = {one.country_id for one in _institutions(initiative)}
    if len(places) < 2:
        yield Gap(_("Name institutions of at least two countries."), url("participation_add", initiative.code))
    triangular = initiative.cooperation_type.code == "triangular"
    if triangular and len(places | _international(initiative)) < 3:
        yield Gap(
            _("A triangular initiative has three parties: name the third."), url("participation_add", initiative.code)
        )


def _counterparts(initiative: Initiative) -> Iterable[Gap]:
    for one in initiative.participations.all():
        if one.part_id is None and not (one.counterpart and one.hours_a_month):
            text = _("%(institution)s has not named its counterpart, with hours a month.") % {
                "institution": one.institution
            }
            yield Gap(text, url("participation_edit", initiative.code, one.pk))


def _frame(initiative: Initiative) -> Iterable[Gap]:
    asked = (
        (initiative.objective, _("Say what the initiative is to achieve.")),
        (initiative.starts_on and initiative.ends_on, _("Say from which day to which day it is planned.")),
        (initiative.topics.all(), _("Choose at least one topic.")),
        (initiative.quadrants.all(), _("Choose at least one quadrant of the matrix.")),
    )
    for given, text in asked:
        if not given:
            yield Gap(text, url("initiative_edit", initiative.code))


def _approvals(initiative: Initiative) -> Iterable[Gap]:
    for country in missing_approvals(initiative):
        text = _("%(country)s has not approved the initiative as it is now: send it back, formulate it and approve it.")
        yield Gap(text % {"country": country}, url("initiative", initiative.code))


def _joined(initiative: Initiative) -> Iterable[Gap]:
    for country in still_to_approve(initiative):
        text = _("%(country)s has joined the initiative and has not approved it yet.")
        yield Gap(text % {"country": country}, url("initiative", initiative.code))


def _undone(initiative: Initiative) -> Iterable[Gap]:
    open_ = [ActivityState.PLANNED, ActivityState.AGREED]
    rows = initiative.activities.filter(state__in=open_, follow_up=False)
    for activity in rows.order_by("starts_on"):
        text = _("“%(activity)s” is neither done nor cancelled.") % {"activity": activity}
        yield Gap(text, url("activity", initiative.code, activity.number))


def _institutions(initiative: Initiative) -> list[Institution]:
    return [one.institution for one in initiative.participations.all() if one.institution.country_id]


def _international(initiative: Initiative) -> set[str]:
    return {one.institution.code for one in initiative.participations.all() if not one.institution.country_id}
