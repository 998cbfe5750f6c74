"""What stands of an institution in an initiative: while anything does, it does not leave."""

from collections.abc import Iterable

from ayni.directory.models import Institution
from ayni.registry.models import ExpertDay, Initiative, Measurement


def bound(initiative: Initiative, institutions: Iterable[Institution]) -> Institution | None:
    """The first of these institutions that takes part no longer, though contributions, activities, results or experts of it stand."""
    there = set(initiative.participations.values_list("institution", flat=True))
    return next((one for one in institutions if one.pk not in there and _stands(initiative, one)), None)


def _stands(initiative: Initiative, institution: Institution) -> bool:
    measured = Measurement.objects.filter(period__indicator__result__frame__initiative=initiative)
    lent = ExpertDay.objects.filter(activity__initiative=initiative, expert__institution=institution)
    rows = (initiative.contributions, initiative.activities, measured)
    return lent.exists() or any(one.filter(institution=institution).exists() for one in rows)
