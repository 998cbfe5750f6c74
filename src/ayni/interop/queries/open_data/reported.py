"""Activities that others report, their transactions, and the files they came in, as open data."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data import reported as shapes
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.models import ReportedActivity, ReportedSector, ReportedTransaction, SourceFile, SourceKind
from ayni.interop.queries import lists
from ayni.interop.queries.kept import imported_so_far
from ayni.interop.queries.open_data.plain import FromColumns, Told, column
from ayni.interop.queries.open_data.resource import FromTable, Resource


def activities(source: int | None = None, **asked: object) -> QuerySet[ReportedActivity]:
    found = lists.filtered({name: str(value) for name, value in asked.items()})
    if source is not None:
        found = found.filter(last_file=source)
    return found.defer("content", "words").select_related("last_file").prefetch_related("places", "sectors", "parties")


def activity(one: ReportedActivity) -> Row:
    return {
        "id": one.pk,
        "publisher": one.publisher,
        "publisher_name": one.publisher_name,
        "identifier": one.identifier,
        "title": Texts(one.titles),
        "description": Texts(one.descriptions),
        "status": one.status,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "places": [
            {"code": row.code, "region": row.region, "share": _number(row.share)}
            for row in sorted(one.places.all(), key=lambda row: row.pk)
        ],
        "sectors": [
            {"vocabulary": row.vocabulary, "code": row.code, "share": _number(row.share)}
            for row in sorted(one.sectors.all(), key=lambda row: row.pk)
        ],
        "parties": [
            {"role": row.role, "ref": row.ref, "kind": row.kind, "name": row.name}
            for row in sorted(one.parties.all(), key=lambda row: row.number)
        ],
        "amounts": one.amounts,
        "source": one.last_file_id,
        "licence": one.last_file.licence,
        "fictional": one.last_file.fictional,
        "changed_on": timezone.localdate(one.changed_at),
    }


def transactions(
    activity: int | None = None, kind: str = "", currency: str = "", year: int | None = None, sector: str = ""
) -> QuerySet[ReportedTransaction]:
    rows = ReportedTransaction.objects.all()
    asked = {"activity": activity, "kind": kind, "currency": currency, "on__year": year}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if sector:
        of_activity = ReportedSector.objects.filter(
            activity=OuterRef("activity"), vocabulary__in=lists.OECD_LISTS, code__startswith=sector
        )
        rows = rows.filter(Exists(of_activity))
    return rows


TRANSACTION = {
    "id": column("id"),
    "activity": column("activity"),
    "value": Told(lambda row: float(row["value"]), ("value",)),
    **{
        name: column(name)
        for name in (
            *("number", "kind", "on", "currency", "value_on", "provider_ref", "provider", "receiver_ref", "receiver"),
            *("country", "sector"),
        )
    },
    "fictional": column("activity__last_file__fictional"),
}


def sources(publisher: str = "", kind: str = "") -> QuerySet[SourceFile]:
    asked = {"publisher": publisher, "kind": kind}
    return SourceFile.objects.filter(**{name: value for name, value in asked.items() if value})


def source(one: SourceFile) -> Row:
    of_organisations = one.kind == SourceKind.IATI_ORGANISATIONS
    names = ("kind", "name", "sha256", "size", "publisher", "publisher_name", "licence", "address", "version", "state")
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in names},
        "loaded_on": timezone.localdate(one.started_at),
        "activities": 0 if of_organisations else one.seen,
        "organisations": one.seen if of_organisations else 0,
        "failed": one.failed,
        "findings": one.findings_in_all,
        "fictional": one.fictional,
    }


def _number(share: object) -> float | None:
    return None if share is None else float(str(share))


RESOURCES = (
    Resource(
        "reported",
        _("Reported activities"),
        _("Activities as others report them (IATI, national systems), beside the network's own records, never mixed."),
        shapes.ReportedActivity,
        questions.OfReported,
        FromTable(activities, activity),
        ("id", "pk"),
        lasting=False,
        stamp=imported_so_far,
        of_others=True,
    ),
    Resource(
        "transactions",
        _("Reported transactions"),
        _("Money of the reported activities that moved or was promised, a row for each transaction."),
        shapes.ReportedTransaction,
        questions.OfTransactions,
        FromColumns(transactions, TRANSACTION),
        lasting=False,
        stamp=imported_so_far,
        of_others=True,
    ),
    Resource(
        "sources",
        _("Files of other systems"),
        _("The files that reported records came in: whose they are, under which licence, how far they were read."),
        shapes.Source,
        questions.OfSources,
        FromTable(sources, source),
        ("id", "pk"),
        lasting=False,
        stamp=imported_so_far,
        of_others=True,
    ),
)
