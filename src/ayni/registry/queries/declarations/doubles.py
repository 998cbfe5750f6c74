"""Records that may be the same as another: of the same countries, at the same time, with like words."""

from typing import Any

from django.db.models import Q

from ayni.common.i18n import folded
from ayni.methods.likeness import Text, alike
from ayni.registry.models import Initiative, Participation
from ayni.registry.queries.initiatives.lists import initiatives_for, with_sides
from ayni.registry.queries.initiatives.sides import countries_of

SHOWN = 5
# The newest so many are compared: a pair of countries seldom has more at one time.
COMPARED = 500


def doubles(user: Any, initiative: Initiative) -> list[Initiative]:
    """At most five records that `user` may read and that may be the same one, the most alike first."""
    mine = [country.pk for country in countries_of(initiative)]
    rows = initiatives_for(user).exclude(pk=initiative.pk).filter(_meanwhile(initiative))
    for country in mine[:2]:
        there = Participation.objects.filter(institution__country=country).values("initiative")
        rows = rows.filter(pk__in=there)
    texts = [Text(str(pk), _words(title)) for pk, title in rows.order_by("-pk").values_list("pk", "title")[:COMPARED]]
    near = alike(Text(str(initiative.pk), _words(initiative.title)), texts)[:SHOWN]
    if not near:
        return []
    found = {str(one.pk): one for one in with_sides(Initiative.objects.filter(pk__in=[one.key for one in near]))}
    return [found[one.key] for one in near]


def _meanwhile(initiative: Initiative) -> Q:
    """Their years overlap, as far as both tell them; one that does not say when it ends ends when it begins."""
    if initiative.starts_on is None:
        return Q()
    first, last = initiative.starts_on.year, (initiative.ends_on or initiative.starts_on).year
    ended = Q(ends_on__isnull=True, starts_on__year__gte=first) | Q(ends_on__year__gte=first)
    return Q(starts_on__isnull=True) | Q(starts_on__year__lte=last) & ended


def _words(title: dict[str, str]) -> str:
    return folded(" ".join(title.values()))
