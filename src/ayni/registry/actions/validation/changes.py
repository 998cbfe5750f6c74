"""Whoever changes a declared record asks the other sides again: nothing is changed under a word that was given."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import DECLARE, KEEP_INITIATIVES, grants_of
from ayni.common.permissions import ROLES as KINDS_OF_PEOPLE
from ayni.directory.models import Institution
from ayni.registry.actions.validation.standing import notify, speak, write_standing
from ayni.registry.models import Initiative, Stance, Validation
from ayni.registry.queries.declarations.standing import open_disputes
from ayni.registry.queries.declared import FIELDS, ROLES, declared_values, differing
from ayni.registry.queries.initiatives.sides import countries_of, speaks

Values = Mapping[str, Any]


def said_of(initiative: Initiative) -> Values | None:
    """What the sides have declared, before a change; None while nobody has."""
    return None if initiative.validation == Validation.PRIVATE else declared_values(initiative)


@transaction.atomic
def ask_sides_again(*, by: Any, initiative: Initiative, said: Values | None) -> None:
    """After a change: where a declared field is another than `said`, every side but that of `by` is asked anew.

    Raises Refused when the field is in dispute (it is settled there), or when a side that has answered would be left out.
    """
    if said is None:
        return
    now = declared_values(initiative)
    changed = differing(said, now)
    if not changed:
        return
    getattr(initiative, "_prefetched_objects_cache", {}).pop("participations", None)
    _refuse_disputed(initiative, changed)
    _let_go(initiative, said)
    before, today = snapshot(initiative), timezone.localdate()
    mine = _sides_of(by, initiative)
    asked = notify(by=by, initiative=initiative, but=mine, today=today)
    for country in mine:
        _own_word(by, initiative, country)
    also = {name: now[name] for name in changed} | {
        "asked": [country.pk for country in asked],
        "revision": initiative.revision,
    }
    was = {**before, **{name: said[name] for name in changed}}
    del was["revision"]
    write_standing(by=by, initiative=initiative, verb="sides asked again", before=was, also=also, today=today)


def _own_word(by: Any, initiative: Initiative, country: str) -> None:
    """What a side's coordination writes, it declares; what another of the side writes stands under the word that it gave."""
    own = initiative.declarations.select_related("country").filter(country=country).first()
    if own is not None and own.stance != Stance.DISPUTED and speaks(by, DECLARE, own.country):
        stance = Stance.DECLARED if own.stance == Stance.NOTIFIED else Stance(own.stance)
        speak(by=by, initiative=initiative, country=own.country, stance=stance)


def _refuse_disputed(initiative: Initiative, changed: list[str]) -> None:
    field = open_disputes(initiative).filter(field__in=changed).values_list("field", flat=True).first()
    if field is not None:
        raise Refused(
            _("“%(field)s” is in dispute: answer the dispute on the page “Record of the sides”.")
            % {"field": FIELDS[field]}
        )


def _let_go(initiative: Initiative, said: Values) -> None:
    """A country that no longer takes part was only asked, or it stays: what it said is not wiped out by another side."""
    present = {country.pk for country in countries_of(initiative)}
    if len(present) < 2:
        raise Refused(_("A declared record has institutions of at least two countries."))
    named = [row["institution"] for row in said[ROLES]]
    before = set(Institution.objects.filter(code__in=named, country__isnull=False).values_list("country", flat=True))
    gone = initiative.declarations.filter(country__in=before - present)
    answered = gone.exclude(stance=Stance.NOTIFIED).select_related("country").first()
    if answered is not None:
        raise Refused(
            _("%(country)s has answered for this record: it leaves it by disputing who takes part.")
            % {"country": answered.country}
        )
    gone.filter(disputes__isnull=True).delete()


def _sides_of(user: Any, initiative: Initiative) -> set[str]:
    """The sides to which `user` belongs: those whose country, or an institution there, the person writes for."""
    grants = [grant for grant in grants_of(user) if KEEP_INITIATIVES in KINDS_OF_PEOPLE[grant.role].permissions]
    countries = {grant.country_id for grant in grants}
    institutions = {grant.institution_id for grant in grants}
    rows = initiative.participations.values_list("institution", "institution__country")
    countries |= {country for institution, country in rows if institution in institutions}
    return {country.pk for country in countries_of(initiative) if country.pk in countries}
