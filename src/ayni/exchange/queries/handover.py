"""What the registry needs to open an initiative, from a mission that is agreed: data/schemas/handover.schema.json."""

from collections.abc import Iterable
from typing import Any

from ayni.directory.models import Concept, Expert, Institution
from ayni.exchange.models import Mission, MissionPart, ProjectDraft
from ayni.exchange.queries.mission_inputs import month_of, quadrants_of
from ayni.exchange.queries.mission_shown import agreements_for

FORM = "ayni-handover-1"
PROJECT = ("purpose", "results", "indicators", "expectations", "counterpart", "sustainability", "risks")
DEMAND = ("title", "problem", "objective", "results", "expects", "gives", "counterpart")
OFFER = ("title", "text", "prerequisites", "expects", "gains")


def handover_of(mission: Mission) -> dict[str, Any]:
    """The mission as JSON can hold it: texts by language, codes of vocabularies, no personal data."""
    demand = mission.demand
    parts = list(mission.parts.all())
    matrix = agreements_for(part.quadrant.code for part in parts)
    project = ProjectDraft.objects.filter(demand=demand).first()
    return {
        "form": FORM,
        "mission": mission.pk,
        "state": mission.state,
        "agreed_on": f"{mission.agreed_at:%Y-%m-%d}" if mission.agreed_at else None,
        "fictional": demand.fictional,
        "lead": mission.lead_id,
        "parties": _parties(mission, parts),
        "demand": {
            "id": demand.pk,
            **{name: getattr(demand, name) for name in DEMAND},
            "counterpart_hours": demand.counterpart_hours,
            "topics": _codes(demand.topics.all()),
            "modalities": _codes(demand.modalities.all()),
            "languages": demand.languages.split(),
        },
        "parts": [_part(part) for part in parts],
        "agreements": [
            {
                "quadrant": row.quadrant.code,
                "text": row.agreements,
                "forms": _codes(row.agreement_forms.all()),
                "mechanisms": _codes(row.mechanisms.all()),
            }
            for row in matrix
        ],
        "monitoring": [{"quadrant": row.quadrant.code, "text": row.monitoring} for row in matrix],
        "cost": {
            "currency": "USD",
            "least": None if mission.cost_least is None else float(mission.cost_least),
            "most": None if mission.cost_most is None else float(mission.cost_most),
            "interpretation": float(mission.interpretation),
            "unknown": _unknown(mission.beside.get("unknown", ())),
        },
        "project": {name: getattr(project, name) for name in PROJECT} if project else None,
    }


def _unknown(codes: Iterable[str]) -> list[str]:
    """What of the cost is not known, an expert by the institution: a number of the roster leaves with nobody."""
    kept = [code.partition(":") for code in codes]
    numbers = [int(rest) for kind, _colon, rest in kept if kind == "daily"]
    homes = dict(Expert.objects.filter(pk__in=numbers).values_list("pk", "institution__code"))
    told = (
        f"{kind}:{homes.get(int(rest), '')}" if kind == "daily" else f"{kind}{colon}{rest}"
        for kind, colon, rest in kept
    )
    return sorted(set(told))


def _parties(mission: Mission, parts: Iterable[MissionPart]) -> list[dict[str, Any]]:
    """The recipient, then each provider country with the institutions whose offers serve: the lead offers first."""
    found = [_party("recipient", mission.recipient_id, [mission.demand.institution])]
    for provider in mission.providers.all():
        institutions = [part.offer.institution for part in parts if part.provider_id == provider.pk]
        role = "first-offerer" if provider.country_id == mission.lead_id else "second-offerer"
        found.append(_party(role, provider.country_id, institutions))
    return found


def _party(role: str, country: str, institutions: Iterable[Institution]) -> dict[str, Any]:
    unique = {one.pk: one for one in institutions}.values()
    return {
        "role": role,
        "country": country,
        "institutions": [{"code": one.code, "name": one.name} for one in unique],
    }


def _part(part: MissionPart) -> dict[str, Any]:
    months: dict[str, int] = {}
    experts: dict[int, Expert] = {}
    for one in part.months.all():
        months[month_of(one.month)] = months.get(month_of(one.month), 0) + one.days
        experts[one.expert_id] = one.expert
    offer = part.offer
    return {
        "quadrant": part.quadrant.code,
        "country": part.provider.country_id,
        "days": part.days,
        "interpreted": part.interpreted,
        "offer": {
            "id": offer.pk,
            **{name: getattr(offer, name) for name in OFFER},
            "topics": _codes(offer.topics.all()),
            "modalities": _codes(offer.modalities.all()),
        },
        "experts": [
            {"quadrants": sorted(quadrants_of(one)), "languages": one.languages.split()} for one in experts.values()
        ],
        "months": [{"month": month, "days": days} for month, days in sorted(months.items())],
    }


def _codes(concepts: Iterable[Concept]) -> list[str]:
    return [concept.code for concept in concepts]
