"""Whatever programmes a file brings, what is taken away afterwards loads back without change; rings against a plain search."""

from collections.abc import Mapping

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayni.common.workbooks.cells import WorkbookWriter
from ayni.directory.actions.programme_file import load_programmes
from ayni.directory.models import Programme
from ayni.directory.queries.programmes.catalogue import programmes
from ayni.directory.queries.programmes.columns import TABLES
from ayni.directory.queries.programmes.export import catalogue_csv, catalogue_workbook
from ayni.directory.queries.programmes.plan import plan_load
from ayni.directory.queries.programmes.rings import ring_through, rings

pytestmark = pytest.mark.django_db

LETTERS = st.text(alphabet="abcñãéç ,;\"'=+-@|%\n0189.·—«»", max_size=40).map(str.strip)
NAMES = LETTERS.filter(bool)
TOPICS = ("single-registry", "disability", "social-rights", "policy-design")
CODES = ("a", "b", "c")


def several(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sets(st.sampled_from(values)).map(lambda chosen: " ".join(sorted(chosen)))


DATES = st.sampled_from(["", "2001", "2001-05", "2001-05-31"])
PROGRAMME = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["BRA", "Chile", "per"]),
        "name_es": NAMES,
        "name_pt": LETTERS,
        "acronym": LETTERS,
        "summary_en": LETTERS,
        "began": DATES,
        "topics": several(TOPICS),
        "quadrants": several(("Q1", "Q2", "Q3", "Q4")),
        "modalities": several(("materials", "internships")),
        "languages": several(("es", "pt", "gn")),
        "evidence": st.sampled_from(["", "0", "4"]),
        "contact": LETTERS,
        "source": LETTERS,
        "fictional": st.sampled_from(["", "yes", "no"]),
    }
)
# A component needs only those before it, so that there is no ring.
COMPONENT = st.fixed_dictionaries(
    {
        "name_en": NAMES,
        "description_fr": LETTERS,
        "prerequisites_es": LETTERS,
        "topics": several(TOPICS),
        "evidence": st.sampled_from(["", "1"]),
        "retired": st.sampled_from(["", "yes"]),
        "needs": several(CODES),
    }
)
FILES = st.dictionaries(
    st.sampled_from(["BR-X1", "CL-X2", "PE-X3"]),
    st.tuples(PROGRAMME, st.lists(COMPONENT, max_size=3), st.sets(st.integers(1, 9), max_size=2), NAMES),
    min_size=1,
)


def as_workbook(told: Mapping[str, tuple]) -> bytes:
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    for code, (programme, parts, versions, text) in told.items():
        rows["programmes"].append({"code": code} | programme)
        for place, part in enumerate(parts):
            needs = " ".join(need for need in part["needs"].split() if need in CODES[:place])
            rows["components"].append({"programme": code, "code": CODES[place]} | part | {"needs": needs})
        for number in versions:
            rows["versions"].append({"programme": code, "number": str(number), "changes_es": text})
            rows["documents"].append({"programme": code, "url": f"https://example.org/{number}", "title_pt": text})
    writer = WorkbookWriter()
    for name, table in TABLES.items():
        titles = [title for title in table.names if any(title in row for row in rows[name])] or list(table.names)
        cells = [{titles.index(title): text for title, text in row.items() if text} for row in rows[name]]
        writer.add_sheet(name, [titles], cells, [12])
    return writer.written()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES)
def test_what_is_loaded_and_taken_away_loads_back_unchanged(db, told):
    data = as_workbook(told)
    point = transaction.savepoint()
    plan = plan_load(data, by=None)
    assert not plan.refused, plan.refused
    load_programmes(by=None, data=data, seen=plan.digest)
    assert Programme.objects.filter(code__in=told).count() == len(told)
    assert not plan_load(data, by=None).changes
    for copy in (catalogue_workbook(programmes({})), catalogue_csv(programmes({}))):
        again = plan_load(copy, by=None)
        assert not again.changes and not again.refused
    transaction.savepoint_rollback(point)


NEEDS = st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"), max_size=3))


def reachable(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    """Everything that `start` needs, however far away; plainly, round after round."""
    found = set(needs.get(start, ()))
    while True:
        more = found | {further for one in found for further in needs.get(one, ())}
        if more == found:
            return found
        found = more


@given(NEEDS)
def test_a_ring_is_found_exactly_where_something_needs_itself(needs):
    found = rings(needs)
    assert set(found) == {code for code in needs if code in reachable(code, needs)}
    for code, ring in found.items():
        assert ring[0] == ring[-1] == code and ring == ring_through(code, needs)
        assert all(other in needs[one] for one, other in zip(ring, ring[1:], strict=False))
