"""What an initiative's results lack for a step (settings.INITIATIVE_GUARDS)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.registry.models import Indicator, Initiative, Level, Period
from ayni.registry.queries.initiatives.guards import Gap


def gaps(initiative: Initiative, step: str) -> Iterable[Gap]:
    """Before its approval, one outcome or output has an indicator with a target; a baseline may be unknown."""
    if step != "approve":
        return
    targets = Period.objects.filter(
        Q(target__isnull=False) | Q(target_numerator__isnull=False), indicator=OuterRef("pk")
    )
    levels = (Level.OUTCOME, Level.OUTPUT)
    rows = Indicator.objects.filter(Exists(targets), result__frame__initiative=initiative, result__level__in=levels)
    if not rows.exists():
        text = _("Give an outcome or an output an indicator with its baseline and a target.")
        yield Gap(text, url("results", initiative.code))
