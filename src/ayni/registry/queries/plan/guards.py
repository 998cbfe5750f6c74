"""What the work plan lacks for a step of its initiative (settings.INITIATIVE_GUARDS)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.registry.models import ActivityState, Initiative
from ayni.registry.queries.initiatives.guards import Gap


def gaps(initiative: Initiative, step: str) -> Iterable[Gap]:
    """To begin, one activity at least has dates that every side has agreed on (or is done); follow-up does not count."""
    if step != "begin":
        return []
    ready = initiative.activities.filter(state__in=(ActivityState.AGREED, ActivityState.DONE), follow_up=False)
    if ready.exists():
        return []
    text = _("Agree with every side on the dates of at least one activity of the work plan.")
    return [Gap(text, url("plan", initiative.code))]
