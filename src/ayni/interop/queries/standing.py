"""Where a report stands: alone, behind an initiative, or behind another report; and what of it counts."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ayni.interop.models import AttachedReport, ReportedActivity
from ayni.registry.models import PUBLIC_RECORDS, Initiative


def in_force() -> "QuerySet[AttachedReport]":
    """The attachments that were not taken back."""
    return AttachedReport.objects.filter(undone_at__isnull=True)


def attached_now(attached: bool) -> "QuerySet[ReportedActivity]":
    """The reports that are attached to something, or those that are not."""
    there = Exists(in_force().filter(activity=OuterRef("pk")))
    return ReportedActivity.objects.filter(there if attached else ~there)


def counting(rows: "QuerySet[ReportedActivity]") -> "QuerySet[ReportedActivity]":
    """Of these reports those that count, so that each thing counts once in the network's figures.

    What stands behind another report does not, nor behind a public initiative, which counts itself; of several behind an initiative
    that is not public the first one does.
    """
    mine = in_force().filter(activity=OuterRef("pk")).annotate(counts=Coalesce("initiative__merged_into", "initiative"))
    public = Initiative.objects.filter(validation__in=PUBLIC_RECORDS)
    earlier = (
        in_force()
        .annotate(counts=Coalesce("initiative__merged_into", "initiative"))
        .filter(counts=OuterRef("counts"), activity__lt=OuterRef("activity"))
    )
    return rows.exclude(
        Exists(mine.filter(Q(lead__isnull=False) | Exists(public.filter(pk=OuterRef("counts"))) | Exists(earlier)))
    )


def root_of(report: ReportedActivity) -> Initiative | ReportedActivity:
    """Where the chain of attachments ends: the initiative that keeps the record, or the report that leads."""
    while True:
        found = in_force().filter(activity=report).select_related("initiative", "lead").first()
        if found is None:
            return report
        if found.initiative is not None:
            return found.initiative.merged_into or found.initiative
        assert found.lead is not None
        report = found.lead


def behind(root: Initiative | ReportedActivity) -> list[ReportedActivity]:
    """The reports that stand behind an initiative or a leading report, directly or behind one another; by their numbers.

    A query for each storey of the tree, which is seldom higher than two.
    """
    if isinstance(root, Initiative):
        below = in_force().filter(Q(initiative=root) | Q(initiative__merged_into=root))
    else:
        below = in_force().filter(lead=root)
    found: dict[int, None] = {}
    storey = list(below.values_list("activity", flat=True))
    while storey := [pk for pk in storey if pk not in found]:
        found |= dict.fromkeys(storey)
        storey = list(in_force().filter(lead__in=storey).values_list("activity", flat=True))
    return list(_shown(found))


def _shown(numbers: Iterable[int]) -> "QuerySet[ReportedActivity]":
    rows = ReportedActivity.objects.filter(pk__in=list(numbers)).select_related("last_file").defer("words")
    return rows.prefetch_related("places", "parties", "sectors").order_by(F("pk"))
