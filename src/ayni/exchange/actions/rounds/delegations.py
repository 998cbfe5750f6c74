"""Who comes to an exchange round: delegations, their people, and the programmes that they bring."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Concept, Country, Institution
from ayni.exchange.actions.rounds.guards import (
    BEFORE_MEETINGS,
    TIMETABLE,
    act_for,
    held,
    run_by,
    runs,
    shown,
    stands_in,
)
from ayni.exchange.models import Delegate, Delegation, ExchangeRound, RoundProgramme, RoundState


@transaction.atomic
def add_delegation(
    *,
    by: Any,
    round: ExchangeRound,
    country: Country | None = None,
    institution: Institution | None = None,
    languages: Sequence[str],
) -> Delegation:
    """A delegation of a country, or of an institution of one. Raises Refused when it comes already, or speaks nothing."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, *BEFORE_MEETINGS)
    home = institution.country if institution is not None else country
    if home is None:
        raise Refused(_("Choose a country, or an institution of a country."))
    _speaks(languages)
    try:
        with transaction.atomic():
            delegation = Delegation.objects.create(
                round=round_,
                code=institution.code if institution is not None else home.pk,
                country=home,
                institution=institution,
                languages=" ".join(languages),
            )
    except IntegrityError as error:
        raise Refused(_("%(name)s comes to this round already.") % {"name": institution or home}) from error
    record(by=by, verb="delegation added", on=delegation, after=snapshot(delegation), public=shown(round_))
    return delegation


@transaction.atomic
def set_languages(*, by: Any, delegation: Delegation, languages: Sequence[str]) -> None:
    """The languages in which a delegation works. Raises Refused without any."""
    act_for(by, delegation)
    round_ = held(delegation.round)
    stands_in(round_, *(TIMETABLE if runs(by) else ()), RoundState.DRAFT, RoundState.INTERESTS)
    _speaks(languages)
    before = {"languages": delegation.languages}
    delegation.languages = " ".join(languages)
    delegation.save(update_fields=["languages"])
    after = {"languages": delegation.languages}
    record(by=by, verb="delegation edited", on=delegation, before=before, after=after, public=shown(round_))


@transaction.atomic
def remove_delegation(*, by: Any, delegation: Delegation) -> None:
    """The delegation does not come. Raises Refused once interests or meetings name it: then it is away, slot by slot."""
    run_by(by)
    round_ = held(delegation.round)
    stands_in(round_, *BEFORE_MEETINGS)
    named = (
        delegation.interests.exists()
        or delegation.interests_of_others.exists()
        or delegation.meetings_as_one.exists()
        or delegation.meetings_as_other.exists()
    )
    if named:
        raise Refused(
            _("Interests or meetings name %(name)s: say among the late changes when it is away.") % {"name": delegation}
        )
    record(by=by, verb="delegation removed", on=delegation, before=snapshot(delegation), public=shown(round_))
    delegation.delete()


@transaction.atomic
def add_delegate(*, by: Any, delegation: Delegation, name: str, position: str = "", leads: bool = False) -> Delegate:
    """A person of the delegation. The record keeps that somebody was added, not who. Raises Refused for a second lead."""
    act_for(by, delegation)
    stands_in(held(delegation.round), *BEFORE_MEETINGS, RoundState.RUNNING)
    if not name.strip():
        raise Refused(_("Give the person's name."))
    if leads and delegation.delegates.filter(leads=True).exists():
        raise Refused(
            _("The delegation has a lead already: remove that person first, or add this one without the lead.")
        )
    if delegation.delegates.filter(name=name.strip()).exists():
        raise Refused(_("This person is in the delegation already."))
    delegate = Delegate.objects.create(delegation=delegation, name=name.strip(), position=position.strip(), leads=leads)
    record(by=by, verb="delegate added", on=delegation, after={"leads": leads}, public=False)
    return delegate


@transaction.atomic
def remove_delegate(*, by: Any, delegate: Delegate) -> None:
    """The person does not come; the name is gone."""
    act_for(by, delegate.delegation)
    stands_in(held(delegate.delegation.round), *BEFORE_MEETINGS, RoundState.RUNNING)
    record(by=by, verb="delegate removed", on=delegate.delegation, before={"leads": delegate.leads}, public=False)
    delegate.delete()


@transaction.atomic
def add_programme(
    *, by: Any, delegation: Delegation, name: dict[str, str], topic: Concept, quadrant: Concept | None = None
) -> RoundProgramme:
    """A programme that the delegation brings, about a topic."""
    act_for(by, delegation)
    round_ = held(delegation.round)
    stands_in(round_, RoundState.DRAFT, RoundState.INTERESTS)
    if not any(name.values()):
        raise Refused(_("Give the programme's name in at least one language."))
    programme = RoundProgramme.objects.create(delegation=delegation, name=name, topic=topic, quadrant=quadrant)
    record(by=by, verb="round programme added", on=programme, after=snapshot(programme), public=shown(round_))
    return programme


@transaction.atomic
def remove_programme(*, by: Any, programme: RoundProgramme) -> None:
    """The programme is not shown. Raises Refused while an interest names it."""
    act_for(by, programme.delegation)
    round_ = held(programme.delegation.round)
    stands_in(round_, RoundState.DRAFT, RoundState.INTERESTS)
    if programme.interests.filter(withdrawn=False).exists():
        raise Refused(_("An interest names this programme: it is withdrawn first."))
    programme.interests.update(programme=None)
    record(by=by, verb="round programme removed", on=programme, before=snapshot(programme), public=shown(round_))
    programme.delete()


def _speaks(languages: Sequence[str]) -> None:
    if not languages:
        raise Refused(_("Choose at least one language: without one nobody can speak with the delegation."))
