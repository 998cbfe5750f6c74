"""Initiatives and the records of their sides, for tests."""

from datetime import date
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.models import Declaration, Dispute, Initiative, Stance

MEXICO, BRAZIL, CHILE = "coordinacion.mx@demo.ayni", "coordinacion.br@demo.ayni", "coordinacion@demo.ayni"


def term(scheme: str, code: str) -> Concept:
    """A term in force."""
    return Concept.objects.current(scheme).get(code=code)


def speaker(country: str) -> User:
    """Who coordinates the country in the demonstration."""
    return User.objects.get(email={"MEX": MEXICO, "BRA": BRAZIL, "CHL": CHILE}[country])


def initiative(*codes: str, **values: Any) -> Initiative:
    """An initiative of these institutions, kept by the first; nobody has declared it."""
    first, *_others = codes
    keeper = Institution.objects.select_related("country").get(code=first)
    iso2 = keeper.country.iso2 if keeper.country else "XX"
    given: dict[str, Any] = {
        "code": f"{iso2}-2010-{9001 + Initiative.objects.count()}",
        "institution": keeper,
        "title": {"es": "Registro único de hogares", "en": "Single registry of households"},
        "objective": {"en": "One list of households."},
        "cooperation_type": term("cooperation-types", "horizontal"),
        "starts_on": date(2010, 3, 1),
        "ends_on": date(2011, 6, 30),
    }
    made = Initiative.objects.create(**(given | values))
    for number, code in enumerate(codes):
        role = term("cooperation-roles", "recipient" if number else "first-offerer")
        made.participations.create(institution=Institution.objects.get(code=code), role=role)
    return made


def said(made: Initiative, country: str, stance: str, **values: Any) -> Declaration:
    """What the country says of the record: written as it is, without an action."""
    today = timezone.localdate()
    given: dict[str, Any] = {"initiative": made, "country": Country.objects.get(pk=country), "stance": stance}
    if stance == Stance.NOTIFIED:
        given |= {"notified_on": today, "due_on": date.fromordinal(today.toordinal() + 60)}
    else:
        given |= {"answered_at": timezone.now(), "answered_by": speaker(country)}
    return Declaration.objects.create(**(given | values))


def declared(*codes: str, by: str = "MEX", **values: Any) -> Initiative:
    """A record that one country has declared; the other was asked today."""
    made = initiative(*codes, validation="notified", **values)
    for country in made.permission_scope.countries:
        said(made, country, "declared" if country == by else "notified")
    return made


def disputed(
    *codes: str, by: str = "BRA", field: str = "starts_on", claimed: Any = "2010-05-01", **values: Any
) -> Dispute:
    """The one dispute of such a record, of the side that was asked."""
    made = declared(*codes, **values)
    Initiative.objects.filter(pk=made.pk).update(validation="disputed")
    row = made.declarations.get(country=by)
    row.stance, row.answered_at, row.answered_by = "disputed", timezone.now(), speaker(by)
    row.save()
    stands = made.starts_on.isoformat() if field == "starts_on" else None
    return row.disputes.create(field=field, stands=stands, claimed=claimed)
