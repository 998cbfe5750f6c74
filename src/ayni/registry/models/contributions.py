"""What an initiative costs (R1, question 13): contributions with the method of their value, and dated exchange rates."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.template.defaultfilters import floatformat
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from ayni.common.i18n import TranslatedField, text_in
from ayni.directory.models import Country, Institution
from ayni.registry.models.initiatives import Initiative
from ayni.registry.models.plan import Activity

CURRENCY = r"^[A-Z]{3}$"


class ContributionKind(models.TextChoices):
    """TOSSD's types of technical cooperation (domain.md section 8)."""

    EXPERTS = "D011", _("expert days")
    TRAVEL = "D012", _("travel")
    SERVICES = "D013", _("services and materials")
    TRAINING = "D021", _("training")


class Group(models.TextChoices):
    """UNCTAD's groups; no total adds one to another."""

    FINANCIAL = "A", _("financial")
    MONETISED = "B", _("in kind, valued in money")
    UNVALUED = "C", _("in kind, not valued")


class Stage(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("contribution", "planned")
    EXECUTED = "executed", pgettext_lazy("contribution", "executed")


class Unit(models.TextChoices):
    EXPERT_DAY = "expert-day", pgettext_lazy("unit", "expert-days")
    HOUR = "hour", pgettext_lazy("unit", "hours")
    JOURNEY = "journey", pgettext_lazy("unit", "journeys")
    TRAINEE = "trainee", pgettext_lazy("unit", "trainees")
    ITEM = "item", pgettext_lazy("unit", "items")

    def counted(self, quantity: Decimal) -> str:
        """The quantity with its unit in words: "1 hour", "12.5 hours"."""
        number = 1 if quantity == 1 else 2
        words = {
            Unit.EXPERT_DAY: ngettext("%(quantity)s expert-day", "%(quantity)s expert-days", number),
            Unit.HOUR: ngettext("%(quantity)s hour", "%(quantity)s hours", number),
            Unit.JOURNEY: ngettext("%(quantity)s journey", "%(quantity)s journeys", number),
            Unit.TRAINEE: ngettext("%(quantity)s trainee", "%(quantity)s trainees", number),
            Unit.ITEM: ngettext("%(quantity)s item", "%(quantity)s items", number),
        }
        return words[self] % {"quantity": floatformat(quantity, -2)}


class Contribution(models.Model):
    """What an institution gives: a quantity always, and its value in its own currency where the group has one."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="contributions")
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="contributions")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=4, choices=ContributionKind.choices)
    group = models.CharField(max_length=1, choices=Group.choices)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    unit_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    on = models.DateField()
    # Pays for interpretation between languages: its part of the cost is a process indicator.
    interpretation = models.BooleanField(default=False)
    # How the value was found: documented daily cost, tariff, invoice …
    method = TranslatedField(blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("contribution")
        ordering = ["initiative", "on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="contribution_of_something"),
            models.CheckConstraint(
                condition=Q(group="C", amount__isnull=True, unit_value__isnull=True, currency="")
                | Q(group__in=["A", "B"], amount__isnull=False, amount__gte=0, currency__regex=CURRENCY),
                name="contribution_valued_by_its_group",
            ),
            models.CheckConstraint(
                condition=Q(unit_value__isnull=True) | Q(unit_value__gte=0), name="contribution_unit_value"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="contribution_revision_from_1"),
        ]
        indexes = [models.Index(fields=["institution", "on"], name="contribution_institution")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.institution}"

    @property
    def how_valued(self) -> str:
        return text_in(self.method)


class ExchangeRate(models.Model):
    """How much of a currency one United States dollar bought, on a day, and who says so."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    per_dollar = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=300)
    fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("exchange rate")
        ordering = ["currency", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(condition=Q(per_dollar__gt=0), name="exchange_rate_above_zero"),
            models.CheckConstraint(
                condition=Q(currency__regex=CURRENCY) & ~Q(currency="USD"), name="exchange_rate_of_another_currency"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="exchange_rate_with_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.currency}, {date_format(self.on)}"


class DailyCost(models.Model):
    """What a day of an expert costs in a country, documented: the method behind D011."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="daily_costs")
    since = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=300)
    fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("daily cost of an expert")
        ordering = ["country", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["country", "since"], name="daily_cost_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="daily_cost_above_zero"),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name="daily_cost_currency"),
            models.CheckConstraint(condition=~Q(source=""), name="daily_cost_with_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {number_format(self.amount, 2)} {self.currency}"
