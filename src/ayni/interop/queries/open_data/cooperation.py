"""Initiatives, participations and agreements: what the registry publishes. Persons are left out."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import cooperation as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.plain import Beside, FromColumns, Told, beside, column, texts
from ayni.interop.queries.open_data.resource import ANYBODY, FromTable, Resource
from ayni.registry.models import CONCLUDED, PUBLIC_RECORDS, Agreement, Initiative, Participation
from ayni.registry.queries import agreements as agreement_queries
from ayni.registry.queries.initiatives import lists
from ayni.registry.queries.initiatives.sides import visible

DAYS = ("requested_on", "answered_on", "approved_on", "starts_on", "ends_on", "began_on", "closed_on")
TERMS = ("topics", "modalities", "quadrants", "goals")
TAKING = {
    "institution": "institution__code",
    "country": "institution__country",
    "role": "role__code",
    "part": "part__number",
}


def initiatives(**asked: object) -> QuerySet[Initiative]:
    return lists.filtered(lists.initiatives_for(ANYBODY), **{name: str(value) for name, value in asked.items()})


def _taking(initiatives: Sequence[int]) -> Mapping[int, list[Row]]:
    """Who takes part in each, in the order of its page."""
    rows = Participation.objects.filter(initiative__in=initiatives)
    found: dict[int, list[Row]] = defaultdict(list)
    for initiative, *told in rows.values_list("initiative", *TAKING.values()):
        found[initiative].append(dict(zip(TAKING, told, strict=True)))
    return found


def _terms(name: str) -> Beside:
    """The codes of one of its sets of terms."""
    return _grouped(lambda numbers: _through(name, numbers).values_list("initiative", "concept__code"))


def _agreements(initiatives: Sequence[int]) -> QuerySet[Any, Any]:
    rows = _through("agreements", initiatives).filter(agreement__state__in=CONCLUDED)
    return rows.values_list("initiative", "agreement")


def _merged(initiatives: Sequence[int]) -> QuerySet[Any, Any]:
    rows = Initiative.objects.filter(merged_into__in=initiatives, validation__in=PUBLIC_RECORDS)
    return rows.order_by().values_list("merged_into", "code")


def _through(name: str, initiatives: Sequence[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = getattr(Initiative, name).through.objects.filter(initiative__in=initiatives)
    return rows


def _grouped(pairs: Callable[[Sequence[int]], QuerySet[Any, Any]]) -> Beside:
    """{number: its values, in order} of pairs of both."""

    def gathered(numbers: Sequence[int]) -> Mapping[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for number, value in sorted(pairs(numbers)):
            found[number].append(value)
        return found

    return gathered


def _countries(row: Row) -> list[str]:
    places = {part["country"] for part in row["participations"]} | {row["institution__country"]}
    return sorted(place for place in places if place)


def _parent(row: Row) -> str | None:
    """The programme that it belongs to, where anybody may read that."""
    public = row["parent__validation"] in PUBLIC_RECORDS and row["parent__merged_into"] is None
    return row["parent__code"] if public else None


INITIATIVE = {
    "code": column("code"),
    **{name: texts(name) for name in ("title", "objective", "summary")},
    "validation": column("validation"),
    "state": column("state"),
    "type": column("cooperation_type__code"),
    **{name: column(name) for name in ("size", "formality", "continuity")},
    "institution": column("institution__code"),
    "countries": Told(_countries, ("institution__country",), ("participations",)),
    **{name: beside(name) for name in ("participations", *TERMS, "agreements", "merged")},
    "parent": Told(_parent, ("parent__code", "parent__validation", "parent__merged_into")),
    **{name: column(name) for name in (*DAYS, "source", "fictional")},
}
SETS = {
    "participations": _taking,
    **{name: _terms(name) for name in TERMS},
    "agreements": _grouped(_agreements),
    "merged": _grouped(_merged),
}


def participations(
    country: str = "", initiative: str = "", institution: str = "", role: str = ""
) -> QuerySet[Participation]:
    public = Initiative.objects.filter(visible(ANYBODY), pk=OuterRef("initiative"), merged_into__isnull=True).order_by()
    asked = {
        "institution__country": country,
        "initiative__code": initiative,
        "institution__code": institution,
        "role__code": role,
    }
    asked = {name: value for name, value in asked.items() if value}
    if asked:
        return Participation.objects.filter(Exists(public), **asked)
    # All of them are asked about one by one, as a page comes to them: PostgreSQL makes a join of EXISTS, and takes longer to plan
    # it than to carry it out; SQLite sorts all of a join for each page.
    return Participation.objects.alias(public=Subquery(public.values(told=Value(True)))).filter(public=True)


PARTICIPATION = {
    "initiative": column("initiative__code"),
    "validation": column("initiative__validation"),
    **{name: column(path) for name, path in TAKING.items()},
    "fictional": column("initiative__fictional"),
}


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
        FromColumns(initiatives, INITIATIVE, SETS),
        ("code", "code"),
    ),
    Resource(
        "participations",
        _("Participations"),
        _("Who takes part in each public initiative, a row for each institution and role."),
        shapes.Participation,
        questions.OfParticipations,
        FromColumns(participations, PARTICIPATION),
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
