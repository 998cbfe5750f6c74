"""Offers and demands made for tests, in any state, with what that state needs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Concept, Country, Institution, InstitutionName
from ayni.exchange.models import Demand, DemandNeed, Offer

# The states of a demand in which somebody has done these.
SUBMITTED = {"submitted", "endorsed", "coformulation", "eligible", "matched", "formalised", "expired"}
ENDORSED = SUBMITTED - {"submitted"}
DECIDED = {"eligible", "matched", "formalised", "expired"}


def institution(country: str, code: str = "") -> Institution:
    """An institution of that country, made once."""
    code = code or f"{Country.objects.get(pk=country).iso2}-TEST"
    made, new = Institution.objects.get_or_create(code=code, defaults={"country_id": country})
    if new:
        InstitutionName.objects.create(institution=made, name={"es": f"Ministerio de {country}"}, acronym=code)
    return made


def concepts(scheme: str, codes: Iterable[str]) -> list[Concept]:
    return [Concept.objects.current(scheme).get(code=code) for code in codes]


def offer(
    country: str,
    *,
    topics: Iterable[str] = (),
    modalities: Iterable[str] = (),
    quadrants: Iterable[str] = (),
    languages: str = "es",
    state: str = "published",
    **more: Any,
) -> Offer:
    """An offer of an institution of that country."""
    by = User.objects.order_by("pk").first()
    dates = {"published_at": timezone.now(), "published_by": by, "confirmed_on": timezone.localdate()}
    made = Offer.objects.create(
        **{
            "institution": more.pop("at", None) or institution(country),
            "title": {"es": f"Oferta de {country}"},
            "languages": languages,
            "state": state,
            "reason": "Motivo" if state in ("paused", "archived") else "",
            **(dates if state in ("published", "paused", "lapsed") else {}),
            **more,
        }
    )
    made.topics.set(concepts("topics", topics))
    made.modalities.set(concepts("modalities", modalities))
    made.quadrants.set(concepts("quadrants", quadrants))
    return made


def demand(
    country: str,
    *,
    topics: Iterable[str] = (),
    modalities: Iterable[str] = (),
    days: Mapping[str, int] | None = None,
    languages: str = "es",
    state: str = "eligible",
    **more: Any,
) -> Demand:
    """A demand of an institution of that country; `days` {quadrant: expert-days}."""
    by, now = User.objects.order_by("pk").first(), timezone.now()
    done: dict[str, Any] = {}
    for verb, states in (("submitted", SUBMITTED), ("endorsed", ENDORSED), ("decided", DECIDED)):
        if state in states:
            done |= {f"{verb}_at": now, f"{verb}_by": by}
    made = Demand.objects.create(
        **{
            "institution": more.pop("at", None) or institution(country),
            "title": {"es": f"Demanda de {country}"},
            "languages": languages,
            "state": state,
            "reason": "Motivo" if state in ("returned", "referred", "declined", "withdrawn") else "",
            "referred_to": "Otra red" if state == "referred" else "",
            "confirmed_on": timezone.localdate() if state in DECIDED else None,
            "starts": date(2027, 1, 1),
            "deadline": date(2027, 12, 1),
            **done,
            **more,
        }
    )
    made.topics.set(concepts("topics", topics))
    made.modalities.set(concepts("modalities", modalities))
    for code, number in (days or {}).items():
        DemandNeed.objects.create(demand=made, quadrant=concepts("quadrants", [code])[0], days=number)
    return made
