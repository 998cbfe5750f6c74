"""Reports of others behind initiatives and behind one another: attaching, parting, answering, opening, counting."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.directory.models import Country, Institution
from ayni.interop.actions.linkage import decide_pair, keep_pairs
from ayni.interop.actions.reports import answer_with_report, open_initiative_of_reports
from ayni.interop.models import AttachedReport, RecordPair, ReportedActivity
from ayni.interop.queries.linkage_found import find_pairs
from ayni.interop.queries.linkage_reported import reported_records
from ayni.interop.queries.standing import behind, counting, root_of
from ayni.registry.actions.declarations.merging import merge_records
from ayni.registry.actions.declarations.sides import declare
from ayni.registry.models import Initiative
from ayni.surveys.actions.demonstration import PEOPLE
from tests.factories.linkage import BR, MX, pair, report, report_pair
from tests.factories.records import BRAZIL, CHILE, MEXICO, declared, initiative

pytestmark = pytest.mark.django_db
CL = "CL-FOSIS"
EVERYBODY = sorted({role for role, *_rest in PEOPLE} | {MEXICO, BRAZIL, CHILE})


def counted() -> set[int]:
    return set(counting(ReportedActivity.objects.all()).values_list("pk", flat=True))


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("kind", ["initiative", "report"])
def test_who_says_that_a_report_is_the_same(person, role, kind):
    record = declared(MX, BR) if kind == "initiative" else report(MX)
    row = report_pair(record, report())
    may = {"secretariat", MEXICO, BRAZIL} if kind == "initiative" else {"secretariat"}
    if role in may:
        decide_pair(by=person(role), pair=row, verdict="same")
        assert behind(record) == [row.other_report]
    else:
        with pytest.raises(PermissionDenied):
            decide_pair(by=person(role), pair=row, verdict="same")
        assert not AttachedReport.objects.exists()


@pytest.mark.parametrize("after", ["different", "unsure"])
def test_the_same_attaches_and_another_answer_takes_it_back(person, after):
    made, told = declared(MX, BR), report()
    row = report_pair(made, told)
    decide_pair(by=person(MEXICO), pair=row, verdict="same")
    assert root_of(told) == made and AuditEvent.objects.filter(verb="report attached").count() == 1
    # Nobody's word was put down: Brazil is asked as it was.
    assert [(one.country_id, one.stance) for one in made.declarations.order_by("country")] == [
        ("BRA", "notified"),
        ("MEX", "declared"),
    ]
    decide_pair(by=person(BRAZIL), pair=row, verdict=after)
    assert root_of(told) == told and behind(made) == []
    kept = AttachedReport.objects.get()
    assert kept.undone_by == person(BRAZIL) and str(kept).startswith(told.identifier)
    assert AuditEvent.objects.filter(verb="report detached").count() == 1
    decide_pair(by=person(MEXICO), pair=row, verdict="same")
    assert root_of(told) == made


def test_reports_hang_together_and_part_where_the_decision_was(person):
    made, first, second, third = declared(MX, BR), report(MX), report(BR), report(CL)
    of_two, of_three, across = report_pair(first, second), report_pair(second, third), report_pair(first, third)
    with_record = report_pair(made, third)
    for row in (of_two, of_three, across, with_record):
        decide_pair(by=person("secretariat"), pair=row, verdict="same")
    assert behind(made) == [first, second, third] and root_of(third) == made
    # Two decisions hold the third where it is: without one of them it stays.
    decide_pair(by=person("secretariat"), pair=of_three, verdict="different")
    assert behind(made) == [first, second, third]
    decide_pair(by=person("secretariat"), pair=with_record, verdict="different")
    assert behind(made) == [] and behind(first) == [second, third]
    decide_pair(by=person("secretariat"), pair=across, verdict="different")
    assert behind(first) == [second] and root_of(third) == third


def test_reports_of_two_initiatives_do_not_come_together_before_those_do(person):
    by = person("secretariat")
    one, other, first, second = declared(MX, BR), initiative(BR, MX), report(MX), report(BR)
    decide_pair(by=by, pair=report_pair(one, first), verdict="same")
    decide_pair(by=by, pair=report_pair(other, second), verdict="same")
    row = report_pair(first, second)
    with pytest.raises(Refused, match="two initiatives"), transaction.atomic():
        decide_pair(by=by, pair=row, verdict="same")
    row.refresh_from_db()
    assert row.verdict == ""
    merge_records(by=by, kept=one, merged=other)
    decide_pair(by=by, pair=row, verdict="same")
    assert behind(one) == [first, second] and root_of(second) == one


def test_each_thing_counts_once(person):
    by = person("secretariat")
    alone, first, second = report(CL), report(MX), report(BR)
    ours = {alone.pk, first.pk, second.pk}
    assert counted() & ours == ours
    decide_pair(by=by, pair=report_pair(first, second), verdict="same")
    assert counted() & ours == {alone.pk, first.pk}
    private = initiative(MX, BR)
    decide_pair(by=by, pair=report_pair(private, first), verdict="same")
    assert counted() & ours == {alone.pk, first.pk}
    row = report_pair(private, alone)
    decide_pair(by=by, pair=row, verdict="same")
    # Two reports stand directly behind a record that is not public yet: one of them counts.
    assert len(counted() & ours) == 1
    Initiative.objects.filter(pk=private.pk).update(validation="published")
    assert counted() & ours == set()


def test_a_side_answers_with_what_it_has_reported(person):
    made, told = declared(MX, BR), report(starts_on=date(2010, 5, 1))
    country = Country.objects.get(pk="BRA")
    with pytest.raises(Refused, match="not what your side"):
        answer_with_report(by=person(BRAZIL), initiative=made, report=told, country=country)
    decide_pair(by=person(MEXICO), pair=report_pair(made, told), verdict="same")
    with pytest.raises(PermissionDenied):
        answer_with_report(by=person(MEXICO), initiative=made, report=told, country=country)
    answer_with_report(by=person(BRAZIL), initiative=made, report=told, country=country)
    said = made.declarations.get(country="BRA")
    claim = said.disputes.get()
    assert (said.stance, claim.field, claim.claimed, claim.note) == (
        "disputed",
        "starts_on",
        "2010-05-01",
        told.identifier,
    )


def test_a_report_that_says_the_same_confirms(person):
    made, told = declared(MX, BR), report()
    decide_pair(by=person(MEXICO), pair=report_pair(made, told), verdict="same")
    answer_with_report(by=person(BRAZIL), initiative=made, report=told, country=Country.objects.get(pk="BRA"))
    made.refresh_from_db()
    assert made.declarations.get(country="BRA").stance == "confirmed" and made.validation == "validated"


def test_two_partners_reports_become_one_initiative_with_two_declarations(person):
    by, keeper = person("secretariat"), Institution.objects.get(code=MX)
    first, second = report(MX, "Registro", titles={"es": "Registro único"}), report()
    row = report_pair(first, second)
    with pytest.raises(Refused, match="opened of two reports"):
        open_initiative_of_reports(by=by, pair=row, keeper=keeper)
    decide_pair(by=by, pair=row, verdict="same")
    with pytest.raises(PermissionDenied):
        open_initiative_of_reports(by=person(MEXICO), pair=row, keeper=keeper)
    with pytest.raises(Refused, match="at least two countries"):
        open_initiative_of_reports(by=by, pair=row, keeper=Institution.objects.get(code=CL))
    made = open_initiative_of_reports(by=by, pair=row, keeper=keeper)
    assert made.title == {"es": "Registro único", "pt": "Cadastro único de domicílios"}
    assert {one.institution.code for one in made.participations.all()} == {MX, BR} and behind(made) == [first, second]
    assert made.validation == "private" and made.starts_on == date(2010, 3, 1)
    with pytest.raises(Refused, match="once"):
        open_initiative_of_reports(by=by, pair=row, keeper=keeper)
    declare(by=person(MEXICO), initiative=made, country=Country.objects.get(pk="MEX"))
    answer_with_report(by=person(BRAZIL), initiative=made, report=second, country=Country.objects.get(pk="BRA"))
    assert {(one.country_id, one.stance) for one in made.declarations.all()} == {
        ("MEX", "declared"),
        ("BRA", "confirmed"),
    }


def test_the_comparison_pairs_initiatives_and_reports(person):
    made, own, other = declared(MX, BR), report(MX, titles={"es": "Registro único de hogares"}), report(BR)
    keep_pairs(by=None, found=find_pairs())
    kinds = {(one.one_id, one.report_id, one.other_report_id) for one in RecordPair.objects.filter(other=None)}
    assert {(made.pk, None, own.pk), (made.pk, None, other.pk), (None, own.pk, other.pk)} <= kinds
    before = RecordPair.objects.count()
    assert keep_pairs(by=None, found=find_pairs()) == before == RecordPair.objects.count()
    # What is attached is not asked about again.
    row = RecordPair.objects.get(one=made, other_report=other)
    decide_pair(by=person("secretariat"), pair=row, verdict="same")
    keep_pairs(by=None, found=find_pairs())
    assert not RecordPair.objects.filter(other_report=other).exclude(pk=row.pk).exists()
    assert RecordPair.objects.filter(one=made, other_report=own).exists()


def test_a_report_says_what_its_publisher_says():
    made = report(amounts={"USD": {"committed": "10.50", "spent": "4.00"}}, descriptions={"pt": "Uma lista"})
    made.sectors.create(vocabulary="99", code="own")
    (found,) = [one for one in reported_records() if one.key == f"r{made.pk}"]
    assert (found.countries, found.first, found.last, found.sectors) == ({"MEX", "BRA"}, 2010, 2011, {"16010"})
    assert (found.usd, found.text, found.reporter) == (10.5, {"pt": "Uma lista"}, f"reported {BR}")


def _attached(row, **values):
    given = {"activity": row.other_report, "initiative": row.one, "pair": row, "attached_at": timezone.now()}
    by = User.objects.order_by("pk")[0]
    return AttachedReport.objects.create(**(given | {"attached_by": by} | values))


def _pair(row, **values):
    return RecordPair.objects.filter(pk=row.pk).update(**values)


BROKEN = {
    "attached_report_to_one_thing": lambda row: [_attached(row), _attached(row)],
    "attached_report_to_a_record_or_a_report": lambda row: _attached(row, initiative=None),
    "attached_report_to_a_record_or_a_report, both": lambda row: _attached(row, lead=report()),
    "attached_report_behind_an_earlier_one": lambda row: _attached(row, initiative=None, lead=row.other_report),
    "attached_report_at_a_time": lambda row: _attached(row, attached_at=None, attached_by=None),
    "attached_report_undone_later": lambda row: _attached(
        row, undone_at=timezone.now() - timedelta(days=1), undone_by=User.objects.order_by("pk")[0]
    ),
    "attached_report_attached_when_and_by_whom": lambda row: _attached(row, attached_by=None),
    "attached_report_undone_when_and_by_whom": lambda row: _attached(row, undone_at=timezone.now()),
    "record_pair_with_a_report_once": lambda row: report_pair(row.one, row.other_report),
    "record_pair_of_reports_once": lambda row: [report_pair(row.other_report, other) for other in [report()] * 2],
    "record_pair_reports_in_order": lambda row: report_pair(report(), row.other_report),
    "record_pair_of_two": lambda row: _pair(row, other_report=None),
    "record_pair_of_two, three": lambda row: _pair(row, other=initiative(BR, MX)),
    "record_pair_of_two, all": lambda row: _pair(pair(), report=row.other_report, other_report=report()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    row = report_pair(declared(MX, BR), report())
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](row)
