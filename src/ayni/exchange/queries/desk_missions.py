"""What waits on a person's desk because of missions; part of the exchange's desk."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import ENDORSE, ROLES, SCREEN, WRITE_EXCHANGE, grants_of, may
from ayni.exchange.models import Mission, MissionCountry, MissionState
from ayni.exchange.queries.missions import OPEN, without_their_experts
from ayni.exchange.queries.visible import own

KINDS: dict[str, Promise] = {"exchange-mission": gettext_lazy("Missions to answer")}


def sources(user: User) -> Iterable[Source]:
    """Each a query: missions that wait for one's demand, for one's country as a provider, for the secretariat."""
    proposed = Mission.objects.filter(state=MissionState.PROPOSED)
    if may(user, WRITE_EXCHANGE):
        asked = proposed.filter(own(user, "demand__institution"), recipient_accepted_at__isnull=True)
        yield Source(_named(asked), _answer)
    if may(user, ENDORSE):
        open_ = MissionCountry.objects.filter(country__in=_countries(user), accepted_at__isnull=True)
        yield Source(_named(proposed.filter(pk__in=open_.values("mission"))), _answer)
    if may(user, SCREEN):
        agreed, lost = Mission.objects.filter(state=MissionState.AGREED), without_their_experts(Mission.objects.all())
        yield Source(_named(agreed.exclude(pk__in=lost.values("pk"))), _hand_over)
        yield Source(_named(lost.filter(state__in=OPEN)), _plan_again)
    if may(user, SCREEN) or may(user, ENDORSE):
        yield Source(_named(_to_open(user)), _open)


def _to_open(user: User) -> QuerySet[Mission]:
    """Handed over and no initiative yet: all for the secretariat, those of one's country for a coordination."""
    rows = Mission.objects.filter(state=MissionState.HANDED_OVER, initiative__isnull=True)
    if may(user, SCREEN):
        return rows
    offering = MissionCountry.objects.filter(country__in=_countries(user)).values("mission")
    return rows.filter(Q(recipient__in=_countries(user)) | Q(pk__in=offering))


def _countries(user: User) -> list[str]:
    """The countries for which the person endorses."""
    return [
        grant.country_id for grant in grants_of(user) if grant.country_id and ENDORSE in ROLES[grant.role].permissions
    ]


def _named(rows: QuerySet[Mission]) -> QuerySet[Mission]:
    return rows.select_related("demand")


def _answer(mission: Mission) -> Task:
    why = _("Accept the mission or reject it.")
    return Task("exchange-mission", str(mission), why, url("mission", mission.pk), mission.proposed_at)


def _plan_again(mission: Mission) -> Task:
    why = _("An expert of the mission has withdrawn: let it lapse, and plan another.")
    return Task("exchange-mission", str(mission), why, url("mission", mission.pk), mission.proposed_at)


def _hand_over(mission: Mission) -> Task:
    why = _("Every side has accepted. Hand the mission over to the registry.")
    return Task("exchange-mission", str(mission), why, url("mission", mission.pk), mission.agreed_at)


def _open(mission: Mission) -> Task:
    why = _("The mission was handed over. Open the initiative that it becomes.")
    return Task("exchange-mission", str(mission), why, url("mission", mission.pk), mission.agreed_at)
