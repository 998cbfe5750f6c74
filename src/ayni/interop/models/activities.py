"""Activities as others report them: beside our initiatives, never mixed with them (docs/adr/0024-reported-records.md)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import text_in
from ayni.interop.models.records import ReportedRecord, of_a_record
from ayni.interop.models.sources import SourceFile

CURRENCY = r"^[A-Z]{3}$"


class ReportedActivity(ReportedRecord):
    """What one publisher says of one activity. `amounts` is {currency: {"committed": "1.50", "spent": "1.00"}}."""

    titles = models.JSONField(default=dict, blank=True)
    descriptions = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=4, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    amounts = models.JSONField(default=dict, blank=True)
    first_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="first_activities")
    last_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="last_activities")

    class Meta:
        verbose_name = _("reported activity")
        verbose_name_plural = _("reported activities")
        ordering = ["id"]
        constraints = of_a_record("reported_activity")
        indexes = [
            models.Index(fields=["publisher", "-id"], name="reported_activity_publisher"),
            models.Index(fields=["status", "-id"], name="reported_activity_status"),
            models.Index(fields=["starts_on", "ends_on"], name="reported_activity_time"),
        ]

    def __str__(self) -> str:
        return text_in(self.titles) or self.identifier


class ReportedParty(models.Model):
    """An organisation that takes part, with its role (IATI: 1 funding, 2 accountable, 3 extending, 4 implementing)."""

    activity = models.ForeignKey(ReportedActivity, models.CASCADE, related_name="parties")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=4)
    ref = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("party of a reported activity")
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="reported_party_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reported_party_from_1"),
        ]

    def __str__(self) -> str:
        return self.name or self.ref


class ReportedCountry(models.Model):
    """A country or a region in which an activity takes place, with its share in per cent where it was told."""

    activity = models.ForeignKey(ReportedActivity, models.CASCADE, related_name="places")
    # Two letters of ISO 3166; a region has the code of its own list.
    code = models.CharField(max_length=20)
    region = models.BooleanField(default=False)
    share = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("place of a reported activity")
        ordering = ["activity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "region", "code"], name="reported_country_once"),
            models.CheckConstraint(condition=~Q(code=""), name="reported_country_coded"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100), name="reported_country_share"
            ),
        ]
        indexes = [models.Index(fields=["code", "activity"], name="reported_country_code")]

    def __str__(self) -> str:
        return self.code


class ReportedSector(models.Model):
    """A sector of an activity by its list (IATI: 1 five digits of the OECD's, 2 three digits), with its share in per cent."""

    activity = models.ForeignKey(ReportedActivity, models.CASCADE, related_name="sectors")
    vocabulary = models.CharField(max_length=6, default="1")
    code = models.CharField(max_length=60)
    share = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("sector of a reported activity")
        ordering = ["activity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "vocabulary", "code"], name="reported_sector_once"),
            models.CheckConstraint(condition=~Q(code=""), name="reported_sector_coded"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100), name="reported_sector_share"
            ),
        ]
        indexes = [models.Index(fields=["vocabulary", "code", "activity"], name="reported_sector_code")]

    def __str__(self) -> str:
        return self.code


class ReportedTransaction(models.Model):
    """Money that moved or was promised, as reported: `kind` is IATI's type (2 commitment, 3 disbursement, 4 expenditure …)."""

    activity = models.ForeignKey(ReportedActivity, models.CASCADE, related_name="transactions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=4)
    on = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True)
    value_on = models.DateField(null=True, blank=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    provider = models.CharField(max_length=250, blank=True)
    receiver_ref = models.CharField(max_length=120, blank=True)
    receiver = models.CharField(max_length=250, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("reported transaction")
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="reported_transaction_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reported_transaction_from_1"),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=CURRENCY), name="reported_transaction_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} {self.currency}"


class ReportedResult(models.Model):
    """A result as reported: `kind` is IATI's type (1 output, 2 outcome, 3 impact, 9 other); its indicators stay in the content."""

    activity = models.ForeignKey(ReportedActivity, models.CASCADE, related_name="results")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=4)
    titles = models.JSONField(default=dict, blank=True)
    indicators = models.PositiveIntegerField(default=0)
    periods = models.PositiveIntegerField(default=0)
    measured = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reported result")
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="reported_result_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reported_result_from_1"),
            models.CheckConstraint(condition=Q(measured__lte=F("periods")), name="reported_result_measured_periods"),
        ]

    def __str__(self) -> str:
        return text_in(self.titles)


class ReportedCode(models.Model):
    """A country in its role, or a code of the reporter's own, as a national record bears it.

    `field` is "provider", "recipient" or "partner" (`key` an ISO 3166-1 alpha-3 code), or a field whose codes are the country's own
    (`key` as it is compared), or "counterpart-identifier"; `label` is as written.
    """

    activity = models.ForeignKey(ReportedActivity, models.CASCADE, related_name="codes")
    field = models.CharField(max_length=24)
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("code of a reported activity")
        ordering = ["activity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "field", "key"], name="reported_code_once"),
            models.CheckConstraint(condition=~Q(field="") & ~Q(key=""), name="reported_code_of_a_field"),
        ]
        indexes = [models.Index(fields=["field", "key", "activity"], name="reported_code_key")]

    def __str__(self) -> str:
        return self.label or self.key
