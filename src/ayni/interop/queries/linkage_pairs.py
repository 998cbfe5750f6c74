"""Which pairs a person may decide on, which waits first, and what the pages show of it."""

from typing import Any

from django.db.models import Q, QuerySet

from ayni.common.permissions import LINK_RECORDS, ROLES, grants_of, may
from ayni.interop.models import RecordMerge, RecordPair, Verdict
from ayni.methods.linkage.clusters import Cluster, Link, clusters
from ayni.registry.models import Initiative, Participation
from ayni.registry.queries.initiatives.sides import taking_part

# So many links are put together to clusters for a page, the surest first.
LINKED = 2_000


def pairs_for(user: Any) -> QuerySet[RecordPair]:
    """The pairs of records that both count still or were joined, of which one at least is of the person's own side."""
    rows = RecordPair.objects.all()
    if not may(user, LINK_RECORDS):
        return rows.none()
    if _everything(user):
        return rows
    mine = Initiative.objects.filter(taking_part(user)).order_by().values("pk")
    return rows.filter(one__in=mine, other__in=mine)


def may_decide(user: Any, pair: RecordPair) -> bool:
    """Whether the person may say what this pair is: the secretariat, or a coordination that takes part in both."""
    if not may(user, LINK_RECORDS):
        return False
    mine = {one.country_id for one in grants_of(user) if LINK_RECORDS in ROLES[one.role].permissions}
    return _everything(user) or bool(mine & _sides(pair.one) and mine & _sides(pair.other))


def waiting(user: Any) -> QuerySet[RecordPair]:
    """The pairs that wait for a decision: of what is least certain first, those of which nobody was sure last."""
    counting = Q(one__merged_into__isnull=True, other__merged_into__isnull=True)
    rows = pairs_for(user).filter(counting, verdict__in=["", Verdict.UNSURE])
    return rows.order_by("verdict", "certainty", "pk")


def with_records(rows: QuerySet[RecordPair]) -> QuerySet[RecordPair]:
    """With what the pages show of both records, in a few queries for all."""
    sides = [
        f"{name}__{part}" for name in ("one", "other") for part in ("participations__institution__country", "topics")
    ]
    return rows.select_related(
        "one__institution__country", "other__institution__country", "one__cooperation_type", "other__cooperation_type"
    ).prefetch_related(*sides, "one__participations__institution__names", "other__participations__institution__names")


def merges_of(pairs: list[RecordPair]) -> dict[int, RecordMerge]:
    """By the number of the merged record, what was joined through these pairs and not taken back."""
    numbers = {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    rows = RecordMerge.objects.filter(merged__in=numbers, undone_at__isnull=True).select_related("kept", "merged")
    return {one.merged_id: one for one in rows}


def clusters_for(user: Any) -> list[Cluster]:
    """Records that are probably of one cooperation, three or more reports among them told together. Two queries."""
    rows = pairs_for(user).filter(one__merged_into__isnull=True, other__merged_into__isnull=True)
    values = rows.order_by("-chance", "pk").values_list("one", "other", "chance", "verdict")[:LINKED]
    links, apart = [], []
    for one, other, chance, verdict in values:
        if verdict == Verdict.DIFFERENT:
            apart.append((str(one), str(other)))
        else:
            links.append(Link(str(one), str(other), 1.0 if verdict == Verdict.SAME else chance))
    keys = {key for link in links for key in (link.one, link.other)}
    named = Initiative.objects.filter(pk__in=keys).order_by().values_list("pk", "institution__code")
    reporters = {str(pk): code for pk, code in named}
    return [one for one in clusters(links, reporters, apart=apart) if len(one.keys) > 2]


def _everything(user: Any) -> bool:
    return any(
        LINK_RECORDS in ROLES[one.role].permissions and ROLES[one.role].scope == "network" for one in grants_of(user)
    )


def _sides(one: Initiative) -> set[str | None]:
    there = Participation.objects.filter(initiative=one).values_list("institution__country", flat=True)
    return {one.institution.country_id, *there} - {None}
