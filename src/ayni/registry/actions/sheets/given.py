"""What a row of a sheet says, as the actions take it: what was changed, else what stands."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.sheets.sheet import Change
from ayni.directory.models import Institution
from ayni.registry.models import Activity, Initiative
from ayni.registry.queries.initiatives.lists import initiatives_for


def initiative_of(user: Any, code: str) -> Initiative:
    """The initiative of this code. Raises Refused for one that `user` does not see."""
    found = initiatives_for(user).filter(code=code).first()
    if found is None:
        raise Refused(_("There is no initiative “%(code)s”, or you do not see it.") % {"code": code})
    return found


def institution_of(code: str) -> Institution:
    """The institution of a code of the sheet's list."""
    return Institution.objects.select_related("country").get(code=code)


def activity_of(change: Change, initiative: Initiative, before: Activity | None) -> Activity | None:
    """The activity, by its number in the plan. Raises Refused for one that the plan does not have."""
    if "activity" not in change.changed:
        return before
    number = change.changed["activity"]
    found = initiative.activities.filter(number=number).first() if number else None
    if number and found is None:
        raise Refused(_("The initiative has no activity %(number)s.") % {"number": number})
    return found


def day_of(change: Change, name: str, standing: Any = None) -> date | None:
    """A day, or none."""
    if name not in change.changed:
        return getattr(standing, name, None)
    return date.fromisoformat(change.changed[name]) if change.changed[name] else None


def required_day(change: Change, name: str, standing: Any = None) -> date:
    """A day of a column that is never empty."""
    found = day_of(change, name, standing)
    assert found is not None  # the sheet refuses an empty cell
    return found


def number_of(change: Change, name: str, standing: Any = None) -> Decimal | None:
    """A number, or none."""
    if name not in change.changed:
        found: Decimal | None = getattr(standing, name, None)
        return found
    return Decimal(change.changed[name]) if change.changed[name] else None


def told_of(change: Change, name: str, standing: Any = None) -> str:
    """A text or a code; "" for none."""
    return str(change.changed.get(name, getattr(standing, name, "")))


def flag_of(change: Change, name: str, standing: Any = None) -> bool:
    """Yes or no."""
    return bool(change.changed.get(name, getattr(standing, name, False)))
