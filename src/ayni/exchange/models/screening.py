"""The screening of a demand, scored together with its author (domain.md section 7; items from Table 2)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField
from ayni.common.permissions import Scope
from ayni.exchange.models.supply import Demand


class Item(models.TextChoices):
    """What is looked at; each comes from an obstacle of Table 2."""

    PROBLEM = "problem", _("The problem is clear")
    OBJECTIVE = "objective", _("The objective is precise")
    EXPECTATIONS = "expectations", _("What both sides expect is written down")
    RESULTS = "results", _("The results can be measured")
    POLICY = "policy", _("It is part of the country's policy")
    SPONSOR = "sponsor", _("It has a political sponsor")
    COUNTERPART = "counterpart", _("A counterpart is named, with hours")
    BUDGET = "budget", _("There is a budget")
    LEGAL = "legal", _("The legal base is there")
    DATA = "data", _("Data and infrastructure are there")
    SUSTAINABILITY = "sustainability", _("There is a plan to sustain it")
    SCALE = "scale", _("There is a way from pilot to scale")
    COMPONENTS = "components", _("The components are chosen")


class Result(models.TextChoices):
    ELIGIBLE = "eligible", _("eligible")
    COFORMULATION = "coformulation", _("to be formulated together")
    RETURNED = "returned", _("returned")
    DECLINED = "declined", _("declined")
    REFERRED = "referred", _("referred")


class Screening(models.Model):
    """One version of a demand's screening. A demand that comes back is screened anew; the earlier versions stay."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="screenings")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(auto_now_add=True)
    result = models.CharField(max_length=14, choices=Result.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_at = moment()
    decided_by = person()

    class Meta:
        verbose_name = _("screening")
        ordering = ["demand", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["demand", "number"], name="screening_version_once"),
            models.UniqueConstraint(fields=["demand"], condition=Q(result=""), name="screening_one_open_a_demand"),
            models.CheckConstraint(condition=Q(number__gte=1), name="screening_version_from_1"),
            *when_and_who("screening", "decided"),
            models.CheckConstraint(
                condition=Q(result="", decided_at__isnull=True)
                | ~Q(result="") & Q(decided_at__isnull=False) & ~Q(reason=""),
                name="screening_decided_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand} · {self.number}"

    @property
    def permission_scope(self) -> Scope:
        return self.demand.permission_scope


class ScreeningItem(models.Model):
    """One item: the author's score with its evidence, the secretariat's score with its remark. None: not scored yet."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="items")
    item = models.CharField(max_length=14, choices=Item.choices)
    author_score = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        verbose_name = _("item of a screening")
        constraints = [
            models.UniqueConstraint(fields=["screening", "item"], name="screening_item_once"),
            models.CheckConstraint(condition=Q(item__in=[item.value for item in Item]), name="screening_item_known"),
            models.CheckConstraint(
                condition=Q(author_score__isnull=True) | Q(author_score__range=(0, 3)),
                name="screening_author_score_0_to_3",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 3)), name="screening_score_0_to_3"
            ),
            # Who sees it otherwise than the author says why.
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(author_score__isnull=True)
                | Q(score=F("author_score"))
                | ~Q(remark=""),
                name="screening_other_score_with_a_remark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.score}"


class ProjectDraft(models.Model):
    """The first draft of a project's objectives, begun from the screening of an eligible demand."""

    demand = models.OneToOneField(Demand, models.CASCADE, related_name="project")
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="+")
    purpose = TranslatedField(blank=True)
    results = TranslatedField(blank=True)
    indicators = TranslatedField(blank=True)
    expectations = TranslatedField(blank=True)
    counterpart = TranslatedField(blank=True)
    sustainability = TranslatedField(blank=True)
    risks = TranslatedField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of a project")
        constraints = [models.CheckConstraint(condition=Q(revision__gte=1), name="project_draft_revision_from_1")]

    def __str__(self) -> str:
        return str(self.demand)

    @property
    def permission_scope(self) -> Scope:
        return self.demand.permission_scope
