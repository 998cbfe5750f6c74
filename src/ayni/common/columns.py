"""Columns and constraints that several tables share."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def person() -> models.ForeignKey:
    """Who did it; kept while the account is kept."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")


def moment() -> models.DateTimeField:
    """When it was done."""
    return models.DateTimeField(null=True, blank=True)


def when_and_who(table: str, *verbs: str) -> list[models.CheckConstraint]:
    """`<verb>_at` and `<verb>_by` are told together or not at all."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{verb}_at__isnull": True, f"{verb}_by__isnull": True})
            | Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}),
            name=f"{table}_{verb}_when_and_by_whom",
        )
        for verb in verbs
    ]


def first_of_month(table: str, *fields: str) -> list[models.CheckConstraint]:
    """Months are kept as their first day."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__day": 1}), name=f"{table}_{field}_on_the_first"
        )
        for field in fields
    ]


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("in force")
    SUPERSEDED = "superseded", _("superseded")
