"""What an initiative is linked to, as one reader may know it: its programme, the agreements that cover it, other records."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayni.directory.models import Country
from ayni.registry.models import CONCLUDED, PUBLIC_RECORDS, Agreement, Initiative, Participation
from ayni.registry.queries.agreements import agreements_for
from ayni.registry.queries.initiatives.sides import visible


def seen_initiatives(user: Any, rows: Iterable[Initiative | None]) -> set[int]:
    """The keys of those that `user` may read; asks the database only about what is not public."""
    there = [one for one in rows if one is not None]
    public = {one.pk for one in there if one.validation in PUBLIC_RECORDS and one.merged_into_id is None}
    others = {one.pk for one in there} - public
    if others:
        public |= set(Initiative.objects.filter(visible(user), pk__in=others).values_list("pk", flat=True))
    return public


def seen_agreements(user: Any, rows: Iterable[Agreement]) -> list[Agreement]:
    """Those that `user` may read; asks the database only about what is not concluded."""
    there = list(rows)
    others = [one.pk for one in there if one.state not in CONCLUDED]
    seen = set(agreements_for(user).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return [one for one in there if one.state in CONCLUDED or one.pk in seen]


def unseen_agreements(user: Any, initiative: Initiative) -> list[Agreement]:
    """Agreements of the initiative that `user` may not read: no form of theirs holds them."""
    seen = agreements_for(user).order_by().values("pk")
    return list(initiative.agreements.exclude(pk__in=seen))


def sees_parent(user: Any, initiative: Initiative) -> bool:
    """Whether `user` may know of the programme that the initiative belongs to (True where there is none)."""
    return initiative.parent is None or bool(seen_initiatives(user, [initiative.parent]))


def with_side(rows: QuerySet[Initiative], countries: Collection[str] | QuerySet[Any, Any]) -> QuerySet[Initiative]:
    """Those in which one of the countries takes part."""
    there = Participation.objects.filter(initiative=OuterRef("pk"), institution__country__in=countries)
    return rows.filter(Q(institution__country__in=countries) | Exists(there))


def share_a_side(one: Initiative, countries: Iterable[Country]) -> bool:
    """Whether one of the countries takes part in it."""
    return with_side(Initiative.objects.filter(pk=one.pk), [country.pk for country in countries]).exists()
