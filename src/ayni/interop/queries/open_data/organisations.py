"""Organisations that others report, their budgets and their documents, as open data."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import organisations as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.models import ReportedBudget, ReportedDocument, ReportedOrganisation
from ayni.interop.queries.kept import imported_so_far
from ayni.interop.queries.open_data.resource import FromTable, Resource
from ayni.interop.queries.organisations import lists


def organisations(source: int | None = None, identifier: str = "", **asked: str) -> QuerySet[ReportedOrganisation]:
    found = lists.filtered(asked)
    if source is not None:
        found = found.filter(last_file=source)
    if identifier:
        found = found.filter(identifier=identifier)
    return found.defer("content", "words").select_related("last_file")


def organisation(one: ReportedOrganisation) -> Row:
    return {
        "id": one.pk,
        "publisher": one.publisher,
        "publisher_name": one.publisher_name,
        "identifier": one.identifier,
        "name": Texts(one.names),
        "source": one.last_file_id,
        "licence": one.last_file.licence,
        "fictional": one.last_file.fictional,
        "changed_on": timezone.localdate(one.changed_at),
    }


def budgets(
    organisation: int | None = None, kind: str = "", recipient: str = "", currency: str = "", year: int | None = None
) -> QuerySet[ReportedBudget]:
    rows = ReportedBudget.objects.select_related("organisation__last_file")
    asked = {
        "organisation": organisation,
        "kind": kind,
        "recipient": recipient,
        "currency": currency,
        "starts_on__year": year,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    return rows.defer("organisation__content", "organisation__words")


def budget(one: ReportedBudget) -> Row:
    names = ("number", "kind", "status", "recipient", "vocabulary", "starts_on", "ends_on", "currency", "value_on")
    return {
        "id": one.pk,
        "organisation": one.organisation_id,
        **{name: getattr(one, name) for name in names},
        "recipient_name": Texts(one.recipient_names),
        "value": float(one.value),
        "lines": [_line(line) for line in one.lines],
        "fictional": one.organisation.last_file.fictional,
    }


def _line(line: Row) -> Row:
    return {
        "ref": line["ref"],
        "name": Texts(line["names"]),
        "value": None if line["value"] is None else float(line["value"]),
        "currency": line["currency"],
        "value_on": date.fromisoformat(line["value_on"]) if line["value_on"] else None,
    }


def documents(organisation: int | None = None) -> QuerySet[ReportedDocument]:
    rows = ReportedDocument.objects.select_related("organisation__last_file")
    rows = rows if organisation is None else rows.filter(organisation=organisation)
    return rows.defer("organisation__content", "organisation__words")


def document(one: ReportedDocument) -> Row:
    names = ("number", "url", "format", "categories", "languages", "countries", "dated")
    return {
        "id": one.pk,
        "organisation": one.organisation_id,
        **{name: getattr(one, name) for name in names},
        "title": Texts(one.titles),
        "description": Texts(one.descriptions),
        "fictional": one.organisation.last_file.fictional,
    }


RESOURCES = (
    Resource(
        "reported-organisations",
        _("Reported organisations"),
        _("Organisations as their publishers report them in organisation files of the IATI standard."),
        shapes.ReportedOrganisation,
        questions.OfOrganisations,
        FromTable(organisations, organisation),
        ("id", "pk"),
        lasting=False,
        stamp=imported_so_far,
        of_others=True,
    ),
    Resource(
        "reported-budgets",
        _("Budgets of reported organisations"),
        _("What organisations foresee or have spent, by period and recipient, each amount in its own currency."),
        shapes.ReportedBudget,
        questions.OfBudgets,
        FromTable(budgets, budget),
        lasting=False,
        stamp=imported_so_far,
        of_others=True,
    ),
    Resource(
        "reported-documents",
        _("Documents of reported organisations"),
        _("Reports, strategies and policies that organisation files name, with where they lie."),
        shapes.ReportedDocument,
        questions.OfDocuments,
        FromTable(documents, document),
        lasting=False,
        stamp=imported_so_far,
        of_others=True,
    ),
)
