"""Initiatives, participations and agreements: what the registry publishes. Persons are left out."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import cooperation as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.resource import ANYBODY, FromTable, Resource, codes
from ayni.registry.models import CONCLUDED, PUBLIC_RECORDS, Agreement, Initiative, Participation
from ayni.registry.queries import agreements as agreement_queries
from ayni.registry.queries.initiatives import lists
from ayni.registry.queries.initiatives.sides import visible

DAYS = ("requested_on", "answered_on", "approved_on", "starts_on", "ends_on", "began_on", "closed_on")


def initiatives(**asked: object) -> QuerySet[Initiative]:
    found = lists.filtered(lists.initiatives_for(ANYBODY), **{name: str(value) for name, value in asked.items()})
    return found.select_related("institution", "cooperation_type", "parent").prefetch_related(
        "participations__institution",
        "participations__role",
        "participations__part",
        "topics",
        "modalities",
        "quadrants",
        "goals",
        "agreements",
        "merged",
    )


def initiative(one: Initiative) -> Row:
    parts = [_taking(row) for row in one.participations.all()]
    places = {part["country"] for part in parts} | {one.institution.country_id}
    return {
        "code": one.code,
        "title": Texts(one.title),
        "objective": Texts(one.objective),
        "summary": Texts(one.summary),
        "validation": one.validation,
        "state": one.state,
        "type": one.cooperation_type.code,
        "size": one.size,
        "formality": one.formality,
        "continuity": one.continuity,
        "institution": one.institution.code,
        "countries": sorted(place for place in places if place),
        "participations": parts,
        "topics": codes(one.topics),
        "modalities": codes(one.modalities),
        "quadrants": codes(one.quadrants),
        "goals": codes(one.goals),
        "agreements": sorted(row.pk for row in one.agreements.all() if row.state in CONCLUDED),
        "merged": sorted(row.code for row in one.merged.all() if row.validation in PUBLIC_RECORDS),
        "parent": _parent(one),
        **{name: getattr(one, name) for name in DAYS},
        "source": one.source,
        "fictional": one.fictional,
    }


def _parent(one: Initiative) -> str | None:
    """The programme that it belongs to, where anybody may read that."""
    above = one.parent
    if above is None or above.validation not in PUBLIC_RECORDS or above.merged_into_id is not None:
        return None
    return above.code


def _taking(row: Participation) -> Row:
    return {
        "institution": row.institution.code,
        "country": row.institution.country_id,
        "role": row.role.code,
        "part": row.part.number if row.part else None,
    }


def participations(
    country: str = "", initiative: str = "", institution: str = "", role: str = ""
) -> QuerySet[Participation]:
    # Asked row by row: a join would sort all participations for each page.
    public = Initiative.objects.filter(visible(ANYBODY), pk=OuterRef("initiative"), merged_into__isnull=True)
    rows = Participation.objects.filter(Exists(public.order_by()))
    asked = {
        "institution__country": country,
        "initiative__code": initiative,
        "institution__code": institution,
        "role__code": role,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    return rows.select_related("initiative", "institution", "role", "part")


def participation(one: Participation) -> Row:
    about = one.initiative
    return {"initiative": about.code, "validation": about.validation, **_taking(one), "fictional": about.fictional}


def agreements(**asked: str) -> QuerySet[Agreement]:
    rows = agreement_queries.filtered(agreement_queries.agreements_for(ANYBODY), today=timezone.localdate(), **asked)
    return rows.select_related("institution", "form", "parent").prefetch_related(
        "parties__institution", "parties__rank"
    )


def agreement(one: Agreement) -> Row:
    return {
        "id": one.pk,
        "title": Texts(one.title),
        "form": one.form.code,
        "state": one.state,
        "institution": one.institution.code,
        "parent": one.parent_id if one.parent and one.parent.state in CONCLUDED else None,
        "parties": [
            {
                "institution": party.institution.code,
                "country": party.institution.country_id,
                "commitments": Texts(party.commitments),
                "rank": party.rank.code if party.rank else None,
                "signed_on": party.signed_on,
            }
            for party in one.parties.all()
        ],
        "purpose": Texts(one.purpose),
        "roles": Texts(one.roles),
        "responsibilities": Texts(one.responsibilities),
        "limits": Texts(one.limits),
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "renews": one.renews,
        "source": one.source,
        "fictional": one.fictional,
    }


RESOURCES = (
    Resource(
        "initiatives",
        _("Initiatives"),
        _("What countries do together: records validated by every side, and those declared by one side alone."),
        shapes.Initiative,
        questions.OfInitiatives,
        FromTable(initiatives, initiative),
        ("code", "code"),
    ),
    Resource(
        "participations",
        _("Participations"),
        _("Who takes part in each public initiative, a row for each institution and role."),
        shapes.Participation,
        questions.OfParticipations,
        FromTable(participations, participation),
    ),
    Resource(
        "agreements",
        _("Agreements"),
        _("Agreements that are concluded, with their parties, ranks and terms."),
        shapes.Agreement,
        questions.OfAgreements,
        FromTable(agreements, agreement),
        ("id", "pk"),
    ),
)
