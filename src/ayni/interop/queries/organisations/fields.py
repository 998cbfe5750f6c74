"""An organisation of a file as a reader compares it with what stands: field by field, budget by budget."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.iati.organisation import Organisation
from ayni.interop.formats.facts import Row
from ayni.interop.formats.organisation_facts import organisation_facts
from ayni.interop.models import BudgetKind
from ayni.interop.queries.words import BUDGET_STATUS, said


def organisation_fields(one: Organisation) -> dict[str, Any]:
    """{name of a field: its value}. Each budget is a field of its own, named by its kind, recipient and period."""
    facts = organisation_facts(one)
    name, document = _("Name"), _("Document")
    told: dict[str, Any] = {f"{name} ({language or '?'})": text for language, text in facts.columns["names"].items()}
    told[_("Reported by")] = one.reporter.ref if one.reporter else ""
    met: Counter[str] = Counter()
    for row in facts.budgets:
        budget = _named(row)
        met[budget] += 1
        told[budget if met[budget] == 1 else f"{budget} ({met[budget]})"] = _money(row)
    for row in facts.documents:
        told[f"{document} {row['url']}"] = _about(row)
    return told


def period(row: Row) -> str:
    """The year where it is one from end to end, else from when to when; "" where neither is told."""
    starts, ends = row["starts_on"], row["ends_on"]
    if starts and ends and (starts, ends) == (date(starts.year, 1, 1), date(starts.year, 12, 31)):
        return str(starts.year)
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in (starts, ends) if day)


def _named(row: Row) -> str:
    return ", ".join(
        filter(
            None, (str(BudgetKind(row["kind"]).label), row["recipient"] or text_in(row["recipient_names"]), period(row))
        )
    )


def _money(row: Row) -> str:
    value = f"{number_format(row['value'], 2, force_grouping=True)} {row['currency']}".strip()
    lines = [f"{line['ref'] or text_in(line['names'])} {line['value'] or ''}".strip() for line in row["lines"]]
    return "; ".join(filter(None, (value, said(BUDGET_STATUS, row["status"]) if row["status"] else "", *lines)))


def _about(row: Row) -> str:
    dated = date_format(row["dated"]) if row["dated"] else ""
    return "; ".join(
        filter(
            None,
            (
                *row["titles"].values(),
                *row["descriptions"].values(),
                row["format"],
                ", ".join(row["categories"]),
                ", ".join(row["languages"]),
                ", ".join(row["countries"]),
                dated,
            ),
        )
    )
