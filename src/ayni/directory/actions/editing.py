"""Editing the directory: institutions with what they were called and whom they followed, and the regions of countries."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_DIRECTORY, require
from ayni.common.queries.trees import below_itself, wait_to_place
from ayni.directory.models import (
    Affiliation,
    Concept,
    Country,
    CountryRegion,
    Institution,
    InstitutionName,
    Region,
    Succession,
)


@dataclass(frozen=True)
class InstitutionFacts:
    """What an institution is, beside its names; without a country it is international."""

    country: Country | None
    parent: Institution | None
    kind: Concept | None
    role: Concept | None
    website: str
    source: str


@dataclass(frozen=True)
class NameFacts:
    """A name, and when it was borne; dates as far as they are known (2011, 2011-10 or 2011-10-13)."""

    name: dict[str, str]
    acronym: str
    valid_from: str
    valid_to: str
    source: str


@transaction.atomic
def add_institution(*, by: Any, code: str, facts: InstitutionFacts, name: NameFacts) -> Institution:
    """A new institution with its first name. Raises Refused when the code is taken or the name is not in order."""
    _require(by)
    institution = Institution(code=code)
    _take(institution, facts)
    try:
        with transaction.atomic():
            institution.save()
    except IntegrityError as error:
        raise Refused(_("There is already an institution %(code)s: choose another code.") % {"code": code}) from error
    _check(name)
    InstitutionName.objects.create(institution=institution, **vars(name))
    record(by=by, verb="institution added", on=institution, after=snapshot(institution))
    return institution


@transaction.atomic
def edit_institution(*, by: Any, institution: Institution, facts: InstitutionFacts) -> Institution:
    """Correct what an institution is. Raises Refused when it would stand below itself."""
    _require(by)
    before = snapshot(institution)
    _refuse_circle(institution, facts.parent)
    _take(institution, facts)
    institution.save()
    record(by=by, verb="institution edited", on=institution, before=before, after=snapshot(institution))
    return institution


@transaction.atomic
def add_name(*, by: Any, institution: Institution, name: NameFacts) -> InstitutionName:
    """Another name. Raises Refused when it has no text or its dates are not in order."""
    _require(by)
    _check(name)
    added = InstitutionName.objects.create(institution=institution, **vars(name))
    record(by=by, verb="name added", on=institution, after=_without_owner(added))
    return added


@transaction.atomic
def edit_name(*, by: Any, name: InstitutionName, facts: NameFacts) -> InstitutionName:
    """Correct a name. Raises Refused as `add_name` does."""
    _require(by)
    _check(facts)
    before = _without_owner(name)
    for field, value in vars(facts).items():
        setattr(name, field, value)
    name.save()
    record(by=by, verb="name edited", on=name.institution, before=before, after=_without_owner(name))
    return name


@transaction.atomic
def remove_name(*, by: Any, name: InstitutionName) -> None:
    """Take a name away. Raises Refused for the only one: an institution has a name."""
    _require(by)
    institution = name.institution
    if institution.names.count() == 1:
        raise Refused(_("This is the only name of %(institution)s: add another first.") % {"institution": institution})
    record(by=by, verb="name removed", on=institution, before=_without_owner(name))
    name.delete()


@transaction.atomic
def add_successor(
    *, by: Any, institution: Institution, successor: Institution, on: str = "", note: dict[str, str], source: str = ""
) -> Succession:
    """`successor` took over from `institution`. Raises Refused for itself, twice, or in a circle."""
    _require(by)
    if successor.pk in _predecessors(institution) | {institution.pk}:
        raise Refused(
            _("%(institution)s followed %(successor)s, or is the same: it cannot also come before it.")
            % {"institution": institution, "successor": successor}
        )
    succession = Succession(predecessor=institution, successor=successor, on=on, note=note, source=source)
    _save_once(succession, _("%(one)s already stands as successor of %(other)s."), successor, institution)
    record(by=by, verb="successor added", on=institution, after=snapshot(succession))
    return succession


@transaction.atomic
def remove_successor(*, by: Any, succession: Succession) -> None:
    """Take a succession away."""
    _require(by)
    record(by=by, verb="successor removed", on=succession.predecessor, before=snapshot(succession))
    succession.delete()


@transaction.atomic
def add_affiliation(
    *, by: Any, institution: Institution, body: Institution, since: str = "", until: str = "", source: str = ""
) -> Affiliation:
    """`institution` is a member of a network or another body. Raises Refused for itself, twice, or dates out of order."""
    _require(by)
    if institution.pk == body.pk:
        raise Refused(_("An institution is no member of itself: choose another."))
    if since and until and since > until:
        raise Refused(_("The membership ends before it begins: correct its dates."))
    affiliation = Affiliation(member=institution, body=body, since=since, until=until, source=source)
    _save_once(affiliation, _("%(one)s already stands as a member of %(other)s."), institution, body)
    record(by=by, verb="membership added", on=institution, after=snapshot(affiliation))
    return affiliation


@transaction.atomic
def remove_affiliation(*, by: Any, affiliation: Affiliation) -> None:
    """Take a membership away."""
    _require(by)
    record(by=by, verb="membership removed", on=affiliation.member, before=snapshot(affiliation))
    affiliation.delete()


@transaction.atomic
def place_country(*, by: Any, country: Country, region: Region) -> None:
    """The country lies in `region` from now on, within the region's own scheme. Frozen editions keep what they had."""
    _require(by)
    stood = CountryRegion.objects.filter(country=country, scheme=region.scheme).select_related("region").first()
    if stood is not None and stood.region_id == region.pk:
        return
    before = {"region": str(stood.region)} if stood is not None else {"region": ""}
    CountryRegion.objects.update_or_create(country=country, scheme=region.scheme, defaults={"region": region})
    record(by=by, verb="country placed", on=country, before=before, after={"region": str(region)})


def _take(institution: Institution, facts: InstitutionFacts) -> None:
    for field, value in vars(facts).items():
        setattr(institution, field, value)
    institution.international = facts.country is None


def _check(name: NameFacts) -> None:
    if not any(text.strip() for text in name.name.values()):
        raise Refused(_("Give the name in at least one language."))
    if name.valid_from and name.valid_to and name.valid_from > name.valid_to:
        raise Refused(_("The name ends before it begins: correct its dates."))


def _refuse_circle(institution: Institution, parent: Institution | None) -> None:
    if parent is None:
        return
    if parent.pk != institution.parent_id:
        wait_to_place()
    if below_itself(institution, parent):
        names = {"parent": parent, "institution": institution}
        raise Refused(_("%(parent)s stands below %(institution)s itself: choose another parent.") % names)


def _predecessors(institution: Institution) -> set[int]:
    """Everyone that came before, however far back."""
    found: set[int] = set()
    ahead = {institution.pk}
    while ahead:
        earlier = Succession.objects.filter(successor__in=ahead).values_list("predecessor", flat=True)
        ahead = set(earlier) - found
        found |= ahead
    return found


def _save_once(row: models.Model, sentence: str, one: object, other: object) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(sentence % {"one": one, "other": other}) from error


def _without_owner(name: InstitutionName) -> dict[str, Any]:
    return {key: value for key, value in snapshot(name).items() if key not in ("id", "institution_id")}


def _require(by: Any) -> None:
    if by is not None:
        require(by, EDIT_DIRECTORY)
