"""The roster of experts. The record keeps that a profile changed, never what it says of a person (docs/howto/experts.md)."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.common.audit import record
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import EDIT_EXPERTS, grants_of, may
from ayni.directory.models import Concept, Country, Expert, ExpertMonth, ExpertService, Institution
from ayni.directory.queries.experts import is_own, keeps

PERSONAL = ("name", "email", "position", "summary", "daily_cost", "user")
# Stands in the record for what is not kept there.
HIDDEN = "•••"


@dataclass(frozen=True)
class ExpertFacts:
    """What a profile says; `profiles` are quadrants of the matrix, `user` the expert's own account."""

    name: str
    email: str = ""
    position: str = ""
    summary: Mapping[str, str] | None = None
    profiles: tuple[Concept, ...] = ()
    topics: tuple[Concept, ...] = ()
    languages: str = ""
    teaching: int = 0
    daily_cost: Decimal | None = None
    user: User | None = None


@dataclass(frozen=True)
class ServiceFacts:
    """A mission or other service done."""

    country: Country
    year: int
    what: Mapping[str, str]
    days: int = 0
    quadrant: Concept | None = None


@transaction.atomic
def add_expert(*, by: Any, institution: Institution, facts: ExpertFacts, fictional: bool = False) -> Expert:
    """A new profile: by the institution's focal point, the secretariat, or the expert. Nobody is proposed before consenting.

    Raises Refused without a name, or when the institution has that person already.
    """
    if by is not None and not may(by, EDIT_EXPERTS, institution) and not _enters_self(by, institution, facts):
        raise PermissionDenied(EDIT_EXPERTS)
    expert = Expert(institution=institution, fictional=fictional)
    _save(expert, facts)
    record(by=by, verb="expert added", on=expert, after=_told(expert), public=False)
    return expert


@transaction.atomic
def edit_expert(*, by: Any, expert: Expert, facts: ExpertFacts, seen: int | None = None) -> Expert:
    """Correct a profile. `seen` is the revision that the person saw: raises Conflict when another stands.

    Raises Refused as `add_expert` does, for others than the expert once consent is withdrawn, and when somebody else takes the
    expert's own account away.
    """
    stands = _locked(expert)
    _require_keeper(by, stands)
    if seen is not None and seen != stands.revision:
        raise Conflict(
            _("Somebody else has saved this in the meantime. Your text is still here: compare it and save again.")
        )
    if stands.user_id is not None and facts.user != stands.user and by is not None and not is_own(by, stands):
        raise Refused(_("The profile belongs to the expert's own account: only the expert can end that."))
    before, hidden = _told(stands), {name: getattr(stands, name) for name in PERSONAL}
    stands.revision += 1
    _save(stands, facts)
    after = _told(stands) | {name: HIDDEN for name in PERSONAL if hidden[name] != getattr(stands, name)}
    record(by=by, verb="expert edited", on=stands, before=before, after=after, public=False)
    return stands


@transaction.atomic
def set_months(*, by: Any, expert: Expert, days: Mapping[date, int]) -> None:
    """How many days the expert can give in each of these months; other months stay. Raises Refused beyond a month's days."""
    expert = _locked(expert)
    _require_keeper(by, expert)
    standing = {month.month: month for month in expert.months.all()}
    for month, number in days.items():
        most = calendar.monthrange(month.year, month.month)[1]
        if month.day != 1 or not 0 <= number <= most:
            message = _("%(month)s has from 0 to %(most)d days: correct it.")
            raise Refused(message % {"month": f"{month:%Y-%m}", "most": most})
        row = standing.get(month) or ExpertMonth(expert=expert, month=month)
        row.days = number
        row.save()
    before = {f"{month:%Y-%m}": row.days for month, row in standing.items()}
    after = before | {f"{month:%Y-%m}": number for month, number in days.items()}
    if before != after:
        told = {"months": [f"{month}: {number}" for month, number in sorted(after.items())]}
        record(by=by, verb="availability set", on=expert, after=told, public=False)


@transaction.atomic
def add_service(*, by: Any, expert: Expert, facts: ServiceFacts) -> ExpertService:
    """A mission or other service that the expert has done. Raises Refused without words, or for a year to come."""
    _require_keeper(by, expert)
    if not any(text.strip() for text in facts.what.values()):
        raise Refused(_("Say in at least one language what was done."))
    if not 1950 <= facts.year <= timezone.localdate().year:
        raise Refused(_("The year lies before 1950 or is still to come: correct it."))
    service = ExpertService.objects.create(expert=expert, **vars(facts))
    told = {"country": facts.country.pk, "year": facts.year}
    record(by=by, verb="service added", on=expert, after=told, public=False)
    return service


@transaction.atomic
def remove_service(*, by: Any, service: ExpertService) -> None:
    """Take a service away."""
    _require_keeper(by, service.expert)
    told = {"country": service.country_id, "year": service.year}
    record(by=by, verb="service removed", on=service.expert, before=told, public=False)
    service.delete()


@transaction.atomic
def give_consent(*, by: Any, expert: Expert, text: str) -> None:
    """The person agrees to `text` and may be proposed from now on.

    With an account of one's own nobody else can; without one, the institution or the secretariat records a consent on paper.
    Raises Refused without a text.
    """
    expert = _locked(expert)
    _require_speaker(by, expert)
    if not text.strip() or not expert.name:
        raise Refused(_("There is nothing to agree to: fill in the profile first."))
    expert.consented_on, expert.withdrawn_on, expert.consent_text = timezone.localdate(), None, text
    expert.save(update_fields=["consented_on", "withdrawn_on", "consent_text"])
    told = {"consented_on": expert.consented_on, "consent_text": text}
    record(by=by, verb="consent given", on=expert, after=told, public=False)


@transaction.atomic
def withdraw_consent(*, by: Any, expert: Expert) -> None:
    """From this moment nothing personal is shown and nobody proposes the person. Raises Refused when there is no consent."""
    expert = _locked(expert)
    _require_speaker(by, expert)
    if not expert.may_be_proposed:
        raise Refused(_("There is no consent to withdraw."))
    expert.withdrawn_on = timezone.localdate()
    expert.save(update_fields=["withdrawn_on"])
    record(by=by, verb="consent withdrawn", on=expert, after={"withdrawn_on": expert.withdrawn_on}, public=False)


@transaction.atomic
def erase_expert(*, by: Any, expert: Expert) -> None:
    """Empty everything personal for good; services stay, as those of a number. Raises Refused while the consent stands."""
    expert = _locked(expert)
    _require_own_or_keeper(by, expert)
    if expert.may_be_proposed:
        raise Refused(_("The consent still stands: withdraw it first."))
    expert.name, expert.email, expert.position, expert.summary = "", "", "", {}
    expert.daily_cost, expert.user = None, None
    expert.save()
    expert.months.all().delete()
    record(by=by, verb="expert erased", on=expert, after={name: HIDDEN for name in PERSONAL}, public=False)


def _locked(expert: Expert) -> Expert:
    """The row as it stands now; nobody else changes it meanwhile."""
    return Expert.objects.select_for_update(of=("self",)).select_related("institution").get(pk=expert.pk)


def _enters_self(person: Any, institution: Institution, facts: ExpertFacts) -> bool:
    held = any(grant.role == "expert" and grant.institution_id == institution.pk for grant in grants_of(person))
    return held and facts.user is not None and facts.user.pk == person.pk


def _require_own_or_keeper(person: Any, expert: Expert) -> None:
    if person is not None and not keeps(person, expert):
        raise PermissionDenied(EDIT_EXPERTS)


def _require_keeper(person: Any, expert: Expert) -> None:
    _require_own_or_keeper(person, expert)
    if expert.withdrawn_on is not None and person is not None and not is_own(person, expert):
        raise Refused(_("The person has withdrawn the consent: only the person can change the profile."))


def _require_speaker(person: Any, expert: Expert) -> None:
    """Who speaks for the expert: the person; the institution or the secretariat for whom has no account."""
    if person is None or is_own(person, expert):
        return
    if expert.user_id is not None or not may(person, EDIT_EXPERTS, expert):
        raise PermissionDenied(EDIT_EXPERTS)


def _save(expert: Expert, facts: ExpertFacts) -> None:
    if not facts.name.strip():
        raise Refused(_("Give the expert's name."))
    expert.name, expert.email, expert.position = facts.name, facts.email, facts.position
    expert.summary, expert.languages, expert.teaching = dict(facts.summary or {}), facts.languages, facts.teaching
    expert.daily_cost, expert.user = facts.daily_cost, facts.user
    try:
        with transaction.atomic():
            expert.save()
    except IntegrityError as error:
        raise Refused(
            _("The institution has an expert with this address or account already: correct that profile.")
        ) from error
    expert.profiles.set(facts.profiles)
    expert.topics.set(facts.topics)


def _told(expert: Expert) -> dict[str, Any]:
    """What the record may keep: nothing by which the person is known."""
    return {
        "institution_id": expert.institution_id,
        "profiles": sorted(expert.profiles.values_list("code", flat=True)),
        "topics": sorted(expert.topics.values_list("code", flat=True)),
        "languages": expert.languages,
        "teaching": expert.teaching,
        "fictional": expert.fictional,
    }
