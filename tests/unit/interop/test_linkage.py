"""Decisions on pairs, joining and parting: who may, what is refused, what is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.errors import Conflict, Refused
from ayni.common.models import AuditEvent
from ayni.interop.actions.linkage import decide_pair, join_pair, keep_pairs, part_pair
from ayni.interop.models import PairDecision, RecordMerge, RecordPair
from ayni.interop.queries.linkage_found import find_pairs
from ayni.interop.queries.linkage_records import record_of, records, shipped, taught
from ayni.methods.linkage.model import Model
from ayni.registry.actions.declarations.disputes import withdraw_claim
from ayni.registry.actions.declarations.merging import merge_records
from ayni.registry.actions.declarations.parting import part_records, trace_of
from ayni.registry.models import Dispute
from ayni.surveys.actions.demonstration import PEOPLE
from tests.factories.linkage import BR, MX, pair
from tests.factories.records import BRAZIL, CHILE, MEXICO, declared, initiative

pytestmark = pytest.mark.django_db
MAY = {"secretariat", MEXICO, BRAZIL}
EVERYBODY = sorted({role for role, *_rest in PEOPLE} | {MEXICO, BRAZIL, CHILE})


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_decides_on_a_pair_of_mexico_and_brazil(person, role):
    row = pair()
    if role in MAY:
        assert decide_pair(by=person(role), pair=row, verdict="same").verdict == "same"
    else:
        with pytest.raises(PermissionDenied):
            decide_pair(by=person(role), pair=row, verdict="same")


@pytest.mark.parametrize("before", ["", "same", "different", "unsure"])
@pytest.mark.parametrize("after", ["same", "different", "unsure", "perhaps"])
def test_a_decision_is_revised_and_the_earlier_one_stays_to_be_read(person, before, after):
    row = pair()
    if before:
        decide_pair(by=person(BRAZIL), pair=row, verdict=before)
    if after in (before, "perhaps"):
        with pytest.raises(Refused):
            decide_pair(by=person(MEXICO), pair=row, verdict=after)
        return
    decide_pair(by=person(MEXICO), pair=row, verdict=after, seen=before)
    row.refresh_from_db()
    assert row.verdict == after and row.decisions.get(in_force=True).decided_by == person(MEXICO)
    assert [one.verdict for one in row.decisions.all()] == [after, *([before] if before else [])]
    assert AuditEvent.objects.filter(verb="pair decided", object_id=str(row.pk)).count() == row.decisions.count()


def test_who_read_an_older_decision_reads_again(person):
    row = pair()
    decide_pair(by=person(BRAZIL), pair=row, verdict="same")
    with pytest.raises(Conflict):
        decide_pair(by=person(MEXICO), pair=row, verdict="different", seen="")


@pytest.mark.parametrize("verdict", ["", "different", "unsure"])
def test_nothing_is_joined_that_nobody_said_to_be_the_same(person, verdict):
    row = pair(verdict=verdict)
    with pytest.raises(Refused):
        join_pair(by=person("secretariat"), pair=row, kept=row.one)


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_lets_brazils_record_join_mexicos(person, role):
    row = pair(verdict="same")
    if role in ("secretariat", BRAZIL):
        assert join_pair(by=person(role), pair=row, kept=row.one).kept == row.one
    else:
        with pytest.raises(PermissionDenied):
            join_pair(by=person(role), pair=row, kept=row.one)


def test_another_record_cannot_stay(person):
    row = pair(verdict="same")
    with pytest.raises(Refused):
        join_pair(by=person("secretariat"), pair=row, kept=initiative(MX, BR))


def whole(row: RecordPair) -> tuple[dict, dict]:
    return trace_of(row.one, row.other), trace_of(row.other, row.one)


@pytest.mark.parametrize("by", [BRAZIL, "secretariat"])
def test_a_merging_taken_back_leaves_both_as_they_were(person, by):
    kept = declared(MX, BR)
    other = initiative(BR, MX, "CL-FOSIS", title={"pt": "Cadastro único"}, size="action")
    row = pair(kept, other, verdict="same")
    before = whole(row)
    merge = join_pair(by=person(by), pair=row, kept=row.one)
    assert Dispute.objects.filter(declaration__initiative=row.one).exists() and whole(row) != before
    with pytest.raises(Refused):
        decide_pair(by=person(by), pair=row, verdict="different")
    done = part_pair(by=person(by), merge=merge)
    other.refresh_from_db()
    assert other.merged_into is None and whole(row) == before
    assert done.undone_at >= done.merged_at and done.undone_by == person(by)
    assert AuditEvent.objects.filter(verb="record parted", object_id=str(other.pk)).exists()
    with pytest.raises(Refused):
        part_pair(by=person(by), merge=merge)
    # They can be joined again.
    assert join_pair(by=person(by), pair=row, kept=row.one).undone_at is None


def test_disputes_that_the_merging_closed_are_open_again(person):
    row = pair(verdict="same")
    own = row.other.declarations.create(
        country_id="BRA", stance="disputed", answered_at=timezone.now(), answered_by=person(BRAZIL)
    )
    own.disputes.create(field="size", stands="project", claimed="action")
    merge = join_pair(by=person("secretariat"), pair=row, kept=row.one)
    assert not own.disputes.filter(outcome="open").exists()
    part_pair(by=person("secretariat"), merge=merge)
    assert own.disputes.get().outcome == "open"


def test_nobodys_word_is_taken_away(person):
    row = pair(declared(MX, BR), initiative(BR, MX), verdict="same")
    merge = join_pair(by=person("secretariat"), pair=row, kept=row.one)
    withdraw_claim(by=person(BRAZIL), dispute=Dispute.objects.filter(declaration__initiative=row.one)[0])
    with pytest.raises(Refused, match="word"):
        part_pair(by=person("secretariat"), merge=merge)


def test_only_who_may_merge_takes_it_back_and_only_what_is_merged(person):
    row = pair(verdict="same")
    before = trace_of(row.one, row.other)
    with pytest.raises(Refused, match="not merged"):
        part_records(by=person("secretariat"), kept=row.one, merged=row.other, before=before, after=before)
    merge = join_pair(by=person(BRAZIL), pair=row, kept=row.one)
    with pytest.raises(PermissionDenied):
        part_pair(by=person(MEXICO), merge=merge)


def test_the_comparison_keeps_what_was_decided_and_drops_what_is_no_longer_near(person):
    kept, dropped = pair(initiative(MX, BR), initiative("CL-FOSIS", BR)), pair(chance=0.99, certainty=0.49)
    decide_pair(by=person("secretariat"), pair=kept, verdict="different")
    merge_records(by=person("secretariat"), kept=dropped.one, merged=dropped.other)
    keep_pairs(by=None, found=find_pairs())
    assert RecordPair.objects.filter(pk=kept.pk).exists() and not RecordPair.objects.filter(pk=dropped.pk).exists()


def test_a_pair_that_is_found_again_keeps_its_address_and_one_that_is_gone_says_so(person):
    keep_pairs(by=None, found=find_pairs())
    before = set(RecordPair.objects.values_list("pk", flat=True))
    keep_pairs(by=None, found=find_pairs())
    assert before and set(RecordPair.objects.values_list("pk", flat=True)) == before
    gone = RecordPair.objects.filter(verdict="").first()
    RecordPair.objects.filter(pk=gone.pk).delete()
    with pytest.raises(Conflict, match="nothing is asked"):
        decide_pair(by=person("secretariat"), pair=gone, verdict="different")


def test_the_model_learns_from_what_people_say(person):
    row = pair()
    before = taught()
    decide_pair(by=person("secretariat"), pair=row, verdict="unsure")
    assert taught() == before
    decide_pair(by=person("secretariat"), pair=row, verdict="different")
    assert taught() != before


def test_what_an_earlier_comparison_measured_otherwise_teaches_nothing(person):
    row = pair()
    decide_pair(by=person("secretariat"), pair=row, verdict="same")

    def learned(scale: float | None, **today: float) -> Model:
        kept = {name: value for name, value in row.features.items() if name not in ("untold", "more")}
        kept |= dict.fromkeys(("parallel", "likewise", "rival"), scale) | today
        RecordPair.objects.filter(pk=row.pk).update(features=kept)
        return taught()

    assert shipped("last_look") != learned(None) == learned(0.3) == learned(-4.0)
    assert learned(0.3, untold=0.8, more=0.8) != learned(-4.0, untold=0.8, more=0.8)


def test_a_record_says_what_the_initiative_says():
    made = initiative(MX, BR, ends_on=None, objective={"es": "Una lista"})
    found = record_of(made, 5.0)
    assert (found.reporter, found.countries, found.first, found.last) == (MX, {"MEX", "BRA"}, 2010, None)
    assert found.usd == 5.0 and found.text == {"es": "Una lista "}
    assert f"i{made.pk}" in {one.key for one in records()}


BROKEN = {
    "record_pair_in_order": lambda row: RecordPair.objects.filter(pk=row.pk).update(one=row.other, other=row.one),
    "record_pair_chance": lambda row: RecordPair.objects.filter(pk=row.pk).update(chance=1.5),
    "record_pair_certainty": lambda row: RecordPair.objects.filter(pk=row.pk).update(certainty=0.7),
    "record_pair_verdict": lambda row: RecordPair.objects.filter(pk=row.pk).update(verdict="maybe"),
    "record_pair_once": lambda row: pair(row.one, row.other),
    "pair_decision_one_in_force": lambda row: [_decision(row), _decision(row)],
    "pair_decision_verdict": lambda row: _decision(row, verdict="maybe"),
    "pair_decision_chance": lambda row: _decision(row, chance=-1),
    "pair_decision_by_somebody": lambda row: _decision(row, decided_by=None),
    "record_merge_once_at_a_time": lambda row: [_merge(row), _merge(row)],
    "record_merge_of_two": lambda row: _merge(row, kept=row.other),
    "record_merge_at_a_time": lambda row: _merge(row, merged_at=None, merged_by=None),
    "record_merge_undone_later": lambda row: _merge(
        row, undone_at=timezone.now() - timedelta(days=1), undone_by=_person()
    ),
    "record_merge_merged_when_and_by_whom": lambda row: _merge(row, merged_by=None),
    "record_merge_undone_when_and_by_whom": lambda row: _merge(row, undone_by=_person()),
}


def _person() -> User:
    return User.objects.order_by("pk")[0]


def _decision(row, **values):
    given = {"verdict": "same", "chance": 0.5, "decided_at": timezone.now(), "decided_by": _person()}
    return PairDecision.objects.create(pair=row, **(given | values))


def _merge(row, **values):
    given = {"kept": row.one, "merged": row.other, "before": {}, "after": {}, "merged_at": timezone.now()}
    return RecordMerge.objects.create(**({**given, "merged_by": _person()} | values))


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    row = pair()
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](row)
