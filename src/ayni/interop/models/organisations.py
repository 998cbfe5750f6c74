"""Organisations as their files report them: names, budgets by period and recipient, documents (docs/adr/0029-reported-organisations.md)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.i18n import text_in
from ayni.interop.models.activities import CURRENCY
from ayni.interop.models.records import ReportedRecord, of_a_record
from ayni.interop.models.sources import SourceFile


class ReportedOrganisation(ReportedRecord):
    """What one publisher says of one organisation, as in the last file that named it. `names` are {language: text}."""

    names = models.JSONField(default=dict, blank=True)
    first_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="first_organisations")
    last_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="last_organisations")

    class Meta:
        verbose_name = _("reported organisation")
        verbose_name_plural = _("reported organisations")
        ordering = ["id"]
        constraints = of_a_record("reported_organisation")
        indexes = [models.Index(Upper("identifier"), name="reported_organisation_upper")]

    def __str__(self) -> str:
        return text_in(self.names) or self.identifier


class BudgetKind(models.TextChoices):
    """The five elements in which an organisation file tells money."""

    TOTAL = "total", pgettext_lazy("budget", "Whole budget")
    ORGANISATION = "organisation", pgettext_lazy("budget", "For an organisation")
    REGION = "region", pgettext_lazy("budget", "For a region")
    COUNTRY = "country", pgettext_lazy("budget", "For a country")
    EXPENDITURE = "expenditure", pgettext_lazy("budget", "Whole expenditure")


class ReportedBudget(models.Model):
    """What an organisation foresees, or has spent, in a period. `status` is IATI's (1 indicative, 2 committed).

    `recipient` is the code or reference of whom it is for, `recipient_names` {language: text}; `vocabulary` the list of a region's code.
    `lines` are [{"ref", "names", "value", "currency", "value_on"}], values as texts.
    """

    organisation = models.ForeignKey(ReportedOrganisation, models.CASCADE, related_name="budgets")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=BudgetKind.choices)
    status = models.CharField(max_length=4, blank=True)
    recipient = models.CharField(max_length=120, blank=True)
    recipient_names = models.JSONField(default=dict, blank=True)
    vocabulary = models.CharField(max_length=6, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True)
    value_on = models.DateField(null=True, blank=True)
    lines = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("budget of a reported organisation")
        ordering = ["organisation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="reported_budget_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reported_budget_from_1"),
            models.CheckConstraint(condition=Q(kind__in=BudgetKind.values), name="reported_budget_kind"),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=CURRENCY), name="reported_budget_currency"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("organisation", "region", "country")) | Q(recipient="", vocabulary=""),
                name="reported_budget_whole_without_recipient",
            ),
            models.CheckConstraint(
                condition=Q(vocabulary="") | Q(kind="region"), name="reported_budget_list_of_a_region"
            ),
            models.CheckConstraint(
                condition=Q(status="") | ~Q(kind="expenditure"), name="reported_budget_spent_without_status"
            ),
        ]
        indexes = [models.Index(fields=["kind", "recipient"], name="reported_budget_recipient")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} {self.currency}"


class ReportedDocument(models.Model):
    """A document that an organisation file names: `categories` of IATI's list, `languages` and `countries` as codes."""

    organisation = models.ForeignKey(ReportedOrganisation, models.CASCADE, related_name="documents")
    number = models.PositiveIntegerField()
    url = models.TextField()
    format = models.CharField(max_length=120, blank=True)
    titles = models.JSONField(default=dict, blank=True)
    descriptions = models.JSONField(default=dict, blank=True)
    categories = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    countries = models.JSONField(default=list, blank=True)
    dated = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("document of a reported organisation")
        ordering = ["organisation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="reported_document_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reported_document_from_1"),
            models.CheckConstraint(condition=~Q(url=""), name="reported_document_somewhere"),
        ]

    def __str__(self) -> str:
        return text_in(self.titles) or self.url
