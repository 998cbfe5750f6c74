"""What every reported record holds, whatever it is a record of."""

from django.db import models
from django.db.models import Q

from ayni.interop.models.sources import CHECKSUM


class ReportedRecord(models.Model):
    """What one publisher says of one thing, as in the last file that named it.

    `content` is the whole of it as canonical JSON (formats/content.py) and `digest` its checksum; the other columns are read out
    of it for lists, the search and the analytics. Texts are {language: text} in every language that was reported, which may be more
    than ours. `number` and `line` say where in the last file it stands.
    """

    publisher = models.CharField(max_length=120)
    publisher_name = models.CharField(max_length=250, blank=True)
    identifier = models.CharField(max_length=250)
    words = models.TextField(blank=True, default="")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True, blank=True)
    # When its publisher says that it last touched it, or made the file that tells it.
    updated_at = models.DateTimeField(null=True, blank=True)
    # When what it says last changed here; the file's own dates are the file's.
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


def of_a_record(name: str) -> list[models.BaseConstraint]:
    """What the database holds every table of reported records to; the constraints' names begin with `name`."""
    return [
        models.UniqueConstraint(fields=["publisher", "identifier"], name=f"{name}_once_a_publisher"),
        models.CheckConstraint(condition=~Q(identifier=""), name=f"{name}_identified"),
        models.CheckConstraint(condition=~Q(publisher=""), name=f"{name}_of_a_publisher"),
        models.CheckConstraint(condition=Q(digest__regex=CHECKSUM), name=f"{name}_digest"),
        models.CheckConstraint(condition=~Q(content=""), name=f"{name}_with_content"),
        models.CheckConstraint(condition=Q(number__gte=1), name=f"{name}_number_from_1"),
    ]
