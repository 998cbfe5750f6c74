"""Which records are of the same cooperation: pairs that were compared, what people said of them, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.interop.models.activities import ReportedActivity
from ayni.registry.models import Initiative

# The columns of a pair, by what it is of.
OF_INITIATIVES, MIXED, OF_REPORTS = ("one", "other"), ("one", "other_report"), ("report", "other_report")


def _only(*names: str) -> Q:
    """Those columns are told and no others."""
    return Q(**{f"{name}__isnull": name not in names for name in ("one", "other", "report", "other_report")})


def name_of(record: Initiative | ReportedActivity) -> str:
    """By what people know it: the initiative's code, the reporter's own identifier."""
    return record.code if isinstance(record, Initiative) else record.identifier


class Verdict(models.TextChoices):
    SAME = "same", pgettext_lazy("pair", "the same")
    DIFFERENT = "different", pgettext_lazy("pair", "different")
    UNSURE = "unsure", pgettext_lazy("pair", "not sure")


class RecordPair(models.Model):
    """Two records: the probability that they are of the same cooperation, and what speaks for and against.

    Each is an initiative (`one`, `other`) or an activity that somebody reports (`report`, `other_report`); of two of a kind the
    earlier one comes first, and an initiative comes before a report. `features` are those of docs/methods/linkage.md by name
    (None unknown), `evidence` what each adds to the log-odds. `verdict` is the decision in force ("" none), kept here so that the
    queue needs no join.
    """

    one = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="+")
    other = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.ForeignKey(ReportedActivity, models.PROTECT, null=True, blank=True, related_name="+")
    other_report = models.ForeignKey(ReportedActivity, models.PROTECT, null=True, blank=True, related_name="+")
    chance = models.FloatField()
    # How far the probability is from a half: the least certain are asked about first.
    certainty = models.FloatField()
    features = models.JSONField()
    evidence = models.JSONField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    compared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pair of records")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="record_pair_once"),
            models.UniqueConstraint(fields=["one", "other_report"], name="record_pair_with_a_report_once"),
            models.UniqueConstraint(fields=["report", "other_report"], name="record_pair_of_reports_once"),
            models.CheckConstraint(
                condition=_only(*OF_INITIATIVES) | _only(*MIXED) | _only(*OF_REPORTS), name="record_pair_of_two"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="record_pair_in_order"),
            models.CheckConstraint(condition=Q(report__lt=F("other_report")), name="record_pair_reports_in_order"),
            models.CheckConstraint(condition=Q(chance__gte=0, chance__lte=1), name="record_pair_chance"),
            models.CheckConstraint(condition=Q(certainty__gte=0, certainty__lte=0.5), name="record_pair_certainty"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="record_pair_verdict"),
        ]
        indexes = [models.Index(fields=["verdict", "certainty", "id"], name="record_pair_queue")]

    def __str__(self) -> str:
        return f"{name_of(self.first)}, {name_of(self.second)}"

    @property
    def first(self) -> Initiative | ReportedActivity:
        """The one record."""
        found = self.one or self.report
        assert found is not None
        return found

    @property
    def second(self) -> Initiative | ReportedActivity:
        """The other record."""
        found = self.other or self.other_report
        assert found is not None
        return found

    @property
    def reports(self) -> list[ReportedActivity]:
        """Those of the two that are reports."""
        return [one for one in (self.report, self.other_report) if one is not None]


class PairDecision(models.Model):
    """What somebody said of a pair, at which probability; one is in force, the earlier ones stay to be read."""

    pair = models.ForeignKey(RecordPair, models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    chance = models.FloatField()
    decided_at = models.DateTimeField()
    decided_by = person()
    in_force = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("decision on a pair of records")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["pair"], condition=Q(in_force=True), name="pair_decision_one_in_force"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="pair_decision_verdict"),
            models.CheckConstraint(condition=Q(chance__gte=0, chance__lte=1), name="pair_decision_chance"),
            models.CheckConstraint(condition=Q(decided_by__isnull=False), name="pair_decision_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.pair}: {self.get_verdict_display()}"


class RecordMerge(models.Model):
    """`merged` counts in `kept` since then. `before` and `after` are the trace by which it is undone (registry, parting)."""

    kept = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Initiative, models.PROTECT, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    merged_at = moment()
    merged_by = person()
    undone_at = moment()
    undone_by = person()

    class Meta:
        verbose_name = _("merging of two records")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="record_merge_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="record_merge_of_two"),
            models.CheckConstraint(condition=Q(merged_at__isnull=False), name="record_merge_at_a_time"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("merged_at")), name="record_merge_undone_later"
            ),
            *when_and_who("record_merge", "merged", "undone"),
        ]

    def __str__(self) -> str:
        return f"{self.merged.code} → {self.kept.code}"
