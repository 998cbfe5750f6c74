"""Statistics of the records, and the accounts of a year in long form."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import figures as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row
from ayni.interop.queries.open_data.resource import ANYBODY, Computed, Resource
from ayni.registry.queries.counts import Counted, counted_for
from ayni.registry.queries.initiatives.lists import initiatives_for


def statistics(table: str = "") -> list[Row]:
    """The public records counted: in all, by country, pair, type and year."""
    counts = counted_for(ANYBODY)
    tables = {
        "total": [counts.total],
        "country": counts.countries,
        "pair": counts.pairs,
        "type": counts.types,
        "year": counts.years,
    }
    invented = {"fictional": initiatives_for(ANYBODY).filter(fictional=True).exists()}
    return [_count(name, one) | invented for name, rows in tables.items() for one in rows if table in ("", name)]


def _count(table: str, one: Counted) -> Row:
    return {
        "table": table,
        "key": "-".join(str(part) for part in one.key),
        "label": one.label,
        "validated": one.validated,
        "unilateral": one.unilateral,
    }


def accounts(year: int | None = None, country: str = "", table: str = "") -> list[Row]:
    """The numbers of an account, of the network or of a country; none for a year that has no account.

    They are counted by the app that draws the accounts, which is named in `settings.ACCOUNT_FIGURES`.
    """
    counted: list[dict[str, Any]] = import_module(settings.ACCOUNT_FIGURES).account_figures(year, country)
    return [row for row in counted if table in ("", row["table"])]


RESOURCES = (
    Resource(
        "statistics",
        _("Statistics"),
        _("How many public records there are, by country, pair of countries, type and year."),
        shapes.Count,
        questions.OfStatistics,
        Computed(statistics, ("table", "key")),
    ),
    Resource(
        "accounts",
        _("Accounts of cooperation"),
        _(
            "The numbers of a year's account, of the network or of a country, in long form. The file holds the network's of this year."
        ),
        shapes.Figure,
        questions.OfAccounts,
        Computed(accounts, ("table", "row", "measure", "unit")),
        # They count records in dispute too, which no public change tells of.
        lasting=False,
    ),
)
