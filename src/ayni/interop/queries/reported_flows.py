"""What the activities that others report bring to the snapshot (settings.SNAPSHOT_SOURCES): each activity and each amount once.

Kept apart: an activity that another publisher reports too, one of the registry's own that came back, one that stands behind another record
(queries/standing.py), and money passed on to an activity that is itself among those imported. Invented ones bring nothing.
"""

from collections import Counter

import pyarrow as pa
from django.db.models import Max

from ayni.analytics.manifest import Gathered
from ayni.analytics.schema import Flow, table_of
from ayni.interop.formats.content import from_content
from ayni.interop.formats.flows.activities import NEEDED, SOURCE, told
from ayni.interop.formats.flows.parties import ORGANISATION
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.standing import counting
from ayni.registry.models import Initiative

TWICE, OWN, BEHIND = "reported-twice", "own-record", "behind-another"
CHUNK, BATCH = 500, 50_000
Keys = list[tuple[int, str, str]]


def gather() -> Gathered:
    """The rows of every activity, some hundred read at a time. Nothing where no activity was imported."""
    real = ReportedActivity.objects.filter(last_file__fictional=False)
    keys: Keys = list(real.order_by("pk").values_list("pk", "publisher", "identifier"))
    if not keys:
        return Gathered((), {}, ())
    apart: Counter[str] = Counter()
    left_out = _left_out(keys, apart)
    behind = set(real.values_list("pk", flat=True)) - set(counting(real).values_list("pk", flat=True)) - left_out
    apart[BEHIND] = len(behind)
    left_out |= behind
    identifiers = {identifier for pk, _publisher, identifier in keys if pk not in left_out}
    tables: list[pa.Table] = []
    rows: list[Flow] = []
    names: dict[str, str] = {}
    counted = 0
    contents = real.order_by("pk").values_list("pk", "content")
    for pk, content in contents.iterator(chunk_size=CHUNK):
        if pk in left_out:
            continue
        found = told(from_content(content, NEEDED), identifiers.__contains__)
        apart += found.apart
        counted += len(found.flows)
        rows += found.flows
        names |= {party.code: party.label for party in found.parties if party.kind == ORGANISATION}
        if len(rows) >= BATCH:
            tables.append(table_of(rows))
            rows = []
    tables.append(table_of(rows))
    return Gathered(tuple(tables), names, (_about(len(keys), counted, apart),))


def _left_out(keys: Keys, apart: Counter[str]) -> set[int]:
    """Activities that count elsewhere: in the registry, or as another publisher reports them.

    Of several reports of one identifier that of the publisher whose reference it begins with counts, else the first.
    """
    own = _own_identifiers()
    by_identifier: dict[str, list[tuple[bool, int]]] = {}
    left_out = set()
    for pk, publisher, identifier in keys:
        if identifier in own:
            left_out.add(pk)
            apart[OWN] += 1
        else:
            by_identifier.setdefault(identifier, []).append((not identifier.startswith(publisher), pk))
    for reports in by_identifier.values():
        others = {pk for _foreign, pk in sorted(reports)[1:]}
        left_out |= others
        apart[TWICE] += len(others)
    return left_out


def _own_identifiers() -> set[str]:
    """What the registry's records are called where they leave as IATI (queries/export.py)."""
    codes = Initiative.objects.values_list("institution__code", "code")
    return {f"{institution}-{code}" for institution, code in codes.iterator()}


def _about(activities: int, rows: int, apart: Counter[str]) -> dict[str, object]:
    latest = ReportedActivity.objects.filter(last_file__fictional=False).aggregate(latest=Max("changed_at"))["latest"]
    return {
        "source": SOURCE,
        "name": "",
        "activities": activities,
        "rows": rows,
        "apart": dict(+apart),
        "problems": 0,
        "loaded": latest.isoformat(timespec="seconds"),
        "fictional": False,
    }
