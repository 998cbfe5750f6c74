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
    name = _("Name")
    told: dict[str, Any] = {f"{name} ({language or '?'})": text for language, text in facts.columns["names"].items()}
    told[_("Reported by")] = one.reporter.ref if one.reporter else ""
    met: Counter[str] = Counter()
    for row in facts.budgets:
        told[_once(_named(row), met)] = _money(row)
    for row in facts.documents:
        told |= _document(row, met)
    return told


def _once(name: str, met: Counter[str]) -> str:
    """The name, with a number where another field bears it already."""
    met[name] += 1
    return name if met[name] == 1 else f"{name} ({met[name]})"


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


def _document(row: Row, met: Counter[str]) -> dict[str, str]:
    """A document in a few fields, so that a reader sees the one that changes."""
    document, title, description = _("Document"), _("Title"), _("Description")
    name = _once(f"{document} {row['url']}", met)
    dated = date_format(row["dated"]) if row["dated"] else ""
    lists = (", ".join(row[codes]) for codes in ("categories", "languages", "countries"))
    return {
        **{f"{name}, {title} ({language or '?'})": text for language, text in row["titles"].items()},
        **{f"{name}, {description} ({language or '?'})": text for language, text in row["descriptions"].items()},
        name: "; ".join(filter(None, (row["format"], *lists, dated))),
    }
