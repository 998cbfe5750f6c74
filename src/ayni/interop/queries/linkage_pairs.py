"""Which pairs a person may decide on, which waits first, and what the pages show of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ayni.common.permissions import LINK_RECORDS, ROLES, grants_of, may
from ayni.interop.models import RecordMerge, RecordPair, ReportedActivity, Verdict
from ayni.methods.linkage.clusters import Cluster, Link, clusters
from ayni.registry.models import Initiative, Participation
from ayni.registry.queries.initiatives.sides import taking_part

# So many links are put together to clusters for a page, the surest first.
LINKED = 2_000


def pairs_for(user: Any) -> QuerySet[RecordPair]:
    """The pairs that a person may decide on: the secretariat all; a coordination those of which it takes part in every initiative.

    Two reports alone are the secretariat's: neither is anybody's side.
    """
    rows = RecordPair.objects.all()
    if not may(user, LINK_RECORDS):
        return rows.none()
    if _everything(user):
        return rows
    mine = Initiative.objects.filter(taking_part(user)).order_by().values("pk")
    return rows.filter(Q(other__in=mine) | Q(other__isnull=True), one__in=mine)


def may_decide(user: Any, pair: RecordPair) -> bool:
    """Whether the person may say what this pair is: see `pairs_for`."""
    if not may(user, LINK_RECORDS):
        return False
    mine = {one.country_id for one in grants_of(user) if LINK_RECORDS in ROLES[one.role].permissions}
    initiatives = [one for one in (pair.one, pair.other) if one is not None]
    return _everything(user) or bool(initiatives) and all(mine & _sides(one) for one in initiatives)


def waiting(user: Any) -> QuerySet[RecordPair]:
    """The pairs that wait for a decision: of what is least certain first, those of which nobody was sure last."""
    rows = pairs_for(user).filter(_counting(), verdict__in=["", Verdict.UNSURE])
    return rows.order_by("verdict", "certainty", "pk")


def with_records(rows: QuerySet[RecordPair]) -> QuerySet[RecordPair]:
    """With what the pages show of both records, in a few queries for all."""
    initiatives = [
        f"{name}__{part}" for name in ("one", "other") for part in ("participations__institution__country", "topics")
    ]
    reports = [f"{name}__{part}" for name in ("report", "other_report") for part in ("places", "parties", "sectors")]
    return rows.select_related(
        *(f"{name}__{part}" for name in ("one", "other") for part in ("institution__country", "cooperation_type")),
        *(f"{name}__last_file" for name in ("report", "other_report")),
    ).prefetch_related(
        *initiatives, *reports, *(f"{name}__participations__institution__names" for name in ("one", "other"))
    )


def merges_of(pairs: list[RecordPair]) -> dict[int, RecordMerge]:
    """By the number of the merged record, what was joined through these pairs and not taken back."""
    numbers = {pk for pair in pairs if pair.other_id for pk in (pair.one_id, pair.other_id)}
    rows = RecordMerge.objects.filter(merged__in=numbers, undone_at__isnull=True).select_related("kept", "merged")
    return {one.merged_id: one for one in rows}


def clusters_for(user: Any) -> list[Cluster]:
    """Records that are probably of one cooperation, three or more reports among them told together. Three queries.

    A key is "i" or "r" with the number of the initiative or of the report.
    """
    rows = pairs_for(user).filter(_counting())
    values = rows.order_by("-chance", "pk").values_list("one", "other", "report", "other_report", "chance", "verdict")[
        :LINKED
    ]
    links, apart = [], []
    for one, other, report, other_report, chance, verdict in values:
        first = f"i{one}" if one else f"r{report}"
        second = f"i{other}" if other else f"r{other_report}"
        if verdict == Verdict.DIFFERENT:
            apart.append((first, second))
        else:
            links.append(Link(first, second, 1.0 if verdict == Verdict.SAME else chance))
    reporters = _reporters({key for link in links for key in (link.one, link.other)})
    return [one for one in clusters(links, reporters, apart=apart) if len(one.keys) > 2]


def named(keys: Iterable[str]) -> dict[str, Initiative | ReportedActivity]:
    """The records of these keys. Two queries."""
    wanted = list(keys)
    initiatives = Initiative.objects.in_bulk([int(key[1:]) for key in wanted if key[0] == "i"])
    reports = ReportedActivity.objects.in_bulk([int(key[1:]) for key in wanted if key[0] == "r"])
    found: dict[str, Initiative | ReportedActivity] = {f"i{pk}": one for pk, one in initiatives.items()}
    return found | {f"r{pk}": one for pk, one in reports.items()}


def _counting() -> Q:
    """Neither was merged into another record."""
    return Q(one__merged_into__isnull=True, other__merged_into__isnull=True)


def _reporters(keys: set[str]) -> dict[str, str]:
    initiatives = Initiative.objects.filter(pk__in=[int(key[1:]) for key in keys if key[0] == "i"]).order_by()
    reports = ReportedActivity.objects.filter(pk__in=[int(key[1:]) for key in keys if key[0] == "r"]).order_by()
    found = {f"i{pk}": code for pk, code in initiatives.values_list("pk", "institution__code")}
    return found | {f"r{pk}": f"reported {ref}" for pk, ref in reports.values_list("pk", "publisher")}


def _everything(user: Any) -> bool:
    return any(
        LINK_RECORDS in ROLES[one.role].permissions and ROLES[one.role].scope == "network" for one in grants_of(user)
    )


def _sides(one: Initiative) -> set[str | None]:
    there = Participation.objects.filter(initiative=one).values_list("institution__country", flat=True)
    return {one.institution.country_id, *there} - {None}
