"""Files of flows that others published: what each was, and where its rows lie (docs/adr/0025-flows-lie-in-files.md)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import person


class FlowFormat(models.TextChoices):
    CRS = "crs", _("Creditor Reporting System (OECD)")
    DAC2A = "dac2a", _("DAC2a: flows by provider and recipient (OECD)")
    TOSSD = "tossd", _("TOSSD")
    DATASTORE = "datastore", _("IATI Datastore")


class FlowFile(models.Model):
    """A file that was loaded. `rows_file` is the Parquet file of its rows, under the uploads; `checksum` that of the file itself (SHA-256).

    `rows` count, `apart` rows would be counted twice, `problems` lines were left out; `report` says more of each.
    """

    format = models.CharField(max_length=12, choices=FlowFormat.choices)
    name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    rows_file = models.CharField(max_length=200)
    rows = models.PositiveBigIntegerField()
    apart = models.PositiveBigIntegerField(default=0)
    problems = models.PositiveBigIntegerField(default=0)
    report = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = person()
    fictional = models.BooleanField(default=False)

    class Meta:
        ordering = ["format", "name"]
        constraints = [
            models.UniqueConstraint(fields=["format", "name"], name="flow_file_once"),
            models.CheckConstraint(condition=Q(format__in=FlowFormat.values), name="flow_file_format_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(rows_file=""), name="flow_file_named"),
            models.CheckConstraint(condition=Q(checksum__regex="^[0-9a-f]{64}$"), name="flow_file_checksum"),
        ]

    def __str__(self) -> str:
        return f"{self.format}: {self.name}"
