"""Whatever two sides say in whatever order, one record remains that counts once; the record of changes tells how it came to be.

The actions are held to a model of plain Python that knows nothing of them: who stands how, what is open, how many records count.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ayni.common.errors import Refused
from ayni.directory.models import Country, Institution
from ayni.registry.actions.declarations import disputes, merging, sides
from ayni.registry.actions.initiatives import frame, participations
from ayni.registry.models import Declaration, Dispute, Initiative
from ayni.registry.queries.counts import counted_for
from tests.factories.records import speaker, term
from tests.property.replaying import replays

pytestmark = pytest.mark.django_db
INSTITUTIONS = {"MEX": "MX-BIENESTAR", "BRA": "BR-MDS"}
ANOTHER = {"MEX": "BRA", "BRA": "MEX"}
VALUES = {
    "size": ("action", "project", "programme"),
    "formality": ("", "formal", "informal"),
    "ends_on": (None, "2010-06-30", "2012-06-30"),
}
BUCKETS = {"validated": "validated", "published": "validated", "unilateral": "unilateral"}
OPS = (
    "begin",
    "declare",
    "confirm",
    "dispute",
    "accept claim",
    "propose",
    "accept proposal",
    "withdraw",
    "ask",
    "mediate",
    "edit",
    "publish",
    "merge",
    "days pass",
)


@dataclass
class Claim:
    side: str
    field: str
    claimed: Any
    proposed: Any = None
    proposed_by: str = ""
    asked: bool = False


@dataclass
class Record:
    """One record as it must be."""

    keeper: str
    values: dict[str, Any]
    stances: dict[str, str] = field(default_factory=dict)
    due: dict[str, int] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    state: str = "private"
    merged: bool = False
    holds: bool = False

    def stand(self, today: int) -> None:
        silent = [side for side, stance in self.stances.items() if stance == "notified"]
        if not self.stances:
            self.state = "private"
        elif self.claims:
            self.state = "disputed"
        elif silent and len(silent) < 2 and any(self.due[side] < today for side in silent):
            self.state = "unilateral"
        elif silent:
            self.state = "reconciled" if "reconciled" in self.stances.values() else "notified"
        elif self.state != "published":
            self.state = "validated"

    def ask(self, side: str, today: int) -> None:
        if self.stances.get(side) != "disputed":
            self.stances[side], self.due[side] = "notified", today + 60


class Model:
    """All records, the day, and what each thing that a side does makes of them; True when it is allowed."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.today = 0

    def begin(self, side: str) -> bool:
        values = {name: choices[1] for name, choices in VALUES.items()}
        self.records.append(Record(side, values))
        return True

    def declare(self, one: Record, side: str) -> bool:
        if one.merged or one.stances:
            return False
        one.stances[side] = "declared"
        one.ask(ANOTHER[side], self.today)
        return True

    def confirm(self, one: Record, side: str) -> bool:
        if one.merged or one.stances.get(side) != "notified":
            return False
        one.stances[side] = "confirmed"
        return True

    def dispute(self, one: Record, side: str, name: str, value: Any) -> bool:
        taken = any(claim.side == side and claim.field == name for claim in one.claims)
        if one.merged or not one.stances or value == one.values[name] or taken:
            return False
        one.stances[side] = "disputed"
        one.claims.append(Claim(side, name, value))
        return True

    def settle(self, one: Record, claim: Claim, value: Any) -> None:
        """Of two sides both have agreed, or the secretariat has spoken: nobody is asked again."""
        one.values[claim.field] = value
        one.claims.remove(claim)
        if not any(other.side == claim.side for other in one.claims):
            one.stances[claim.side] = "reconciled"

    def edit(self, one: Record, side: str, name: str, value: Any) -> bool:
        if one.merged:
            return False
        if value == one.values[name] or not one.stances:
            one.values[name] = value
            return True
        if any(claim.field == name for claim in one.claims):
            return False
        one.values[name] = value
        if one.stances[side] == "notified":
            one.stances[side] = "declared"
        one.ask(ANOTHER[side], self.today)
        return True

    def merge(self, kept: Record, other: Record, by: str) -> bool:
        answered = other.stances.get(ANOTHER[by], "notified") != "notified"
        if by != other.keeper or answered or other.state in ("validated", "published"):
            return False
        if kept is other or kept.merged or other.merged or other.holds or not kept.stances:
            return False
        other.merged, kept.holds = True, True
        other.claims.clear()
        side = other.keeper
        taken = {claim.field for claim in kept.claims if claim.side == side}
        differing = [name for name in VALUES if other.values[name] != kept.values[name]]
        new = [name for name in differing if name not in taken and other.values[name]]
        if new:
            kept.stances[side] = "disputed"
            kept.claims += [Claim(side, name, other.values[name]) for name in new]
        elif kept.stances[side] == "notified" and not differing:
            kept.stances[side] = "confirmed"
        return True


def likely(model: Model, one: Record) -> list[str]:
    """What makes sense of a record now, and everything else beside it: most of that is refused."""
    silent, open_ = "notified" in one.stances.values(), bool(one.claims)
    sensible = {
        "begin": len(model.records) < 3,
        "declare": not one.stances,
        "confirm": silent,
        "dispute": silent or one.state in ("validated", "published", "disputed", "unilateral"),
        "accept claim": open_,
        "propose": open_,
        "accept proposal": any(claim.proposed_by for claim in one.claims),
        "withdraw": open_,
        "ask": open_,
        "mediate": any(claim.asked for claim in one.claims),
        "edit": True,
        "publish": one.state == "validated",
        "merge": len(model.records) > 1,
        "days pass": silent,
    }
    return [op for op in OPS for _ in range(8 if sensible[op] else 1)]


class World:
    """The tables beside the model: each step is taken in both."""

    def __init__(self) -> None:
        self.model = Model()
        self.rows: list[Initiative] = []
        self.people = {side: speaker(side) for side in INSTITUTIONS}
        self.countries = {side: Country.objects.get(pk=side) for side in INSTITUTIONS}
        self.begin("MEX")

    def begin(self, side: str) -> None:
        self.model.begin(side)
        institution = Institution.objects.select_related("country").get(code=INSTITUTIONS[side])
        facts = frame.InitiativeFacts(
            title={"es": "Registro único"},
            objective={},
            summary={},
            cooperation_type=term("cooperation-types", "horizontal"),
            size="project",
            formality="formal",
            continuity="",
            parent=None,
            requested_on=None,
            answered_on=None,
            starts_on=date(2010, 1, 1),
            ends_on=date(2010, 6, 30),
            source="",
        )
        made = frame.begin_initiative(
            by=self.people[side], institution=institution, facts=facts, role=term("cooperation-roles", "both")
        )
        other = Institution.objects.get(code=INSTITUTIONS[ANOTHER[side]])
        part = participations.Part(institution=other, role=term("cooperation-roles", "both"))
        participations.add_participation(by=self.people[side], initiative=made, part=part)
        self.rows.append(made)

    def take(self, op: str, side: str, number: int, name: str, choice: int) -> None:
        if op == "begin":
            if len(self.rows) < 3:
                self.begin(side)
        elif op == "days pass":
            self._days_pass(31)
        else:
            number %= len(self.rows)
            one, row = self.model.records[number], Initiative.objects.get(pk=self.rows[number].pk)
            act, expected = self._both(op, side, one, row, name, VALUES[name][choice], choice)
            done = False
            with suppress(Refused, PermissionDenied), transaction.atomic():
                act()
                done = True
            assert done == expected, (op, side, number, name)
            event(f"{op}: {'done' if done else 'refused'}")
            for record in self.model.records:
                if done and not record.merged and (record is one or op == "merge") and op not in ("ask", "propose"):
                    self._stand(record, one, op)

    def _stand(self, record: Record, one: Record, op: str) -> None:
        """A record stands anew where something was said of it; the days alone change it on the day's run."""
        if op == "publish" and record is one:
            record.state = "published"
        elif op == "edit" and not record.stances or op == "edit" and not self.changed:
            return
        elif op != "merge" or record is self.kept:
            record.stand(self.model.today)

    def _both(self, op, side, one, row, name, value, choice):
        """The action, and whether the model allows it (it has done it then)."""
        by, country = self.people[side], self.countries[side]
        self.changed = value != one.values[name]
        if op in ("declare", "confirm"):
            act = getattr(sides, op)
            return lambda: act(by=by, initiative=row, country=country), getattr(self.model, op)(one, side)
        if op == "dispute":
            claims = {name: (value, "")}
            return (
                lambda: sides.dispute(by=by, initiative=row, country=country, claims=claims),
                self.model.dispute(one, side, name, value),
            )
        if op == "edit":
            return lambda: self._edit(row, side, name, value), self.model.edit(one, side, name, value)
        if op == "publish":
            return lambda: sides.publish(by=by, initiative=row), not one.merged and one.state == "validated"
        if op == "merge":
            number = choice % len(self.rows)
            self.kept = self.model.records[number]
            kept = Initiative.objects.get(pk=self.rows[number].pk)
            return (
                lambda: merging.merge_records(by=by, kept=kept, merged=row),
                self.model.merge(self.kept, one, side),
            )
        return self._of_a_dispute(op, side, one, row, value, choice)

    def _of_a_dispute(self, op, side, one, row, value, choice):
        if not one.claims or one.merged:
            return self._nothing, False
        claim = one.claims[choice % len(one.claims)]
        found = Dispute.objects.get(
            declaration__initiative=row, declaration__country=claim.side, field=claim.field, outcome="open"
        )
        value = VALUES[claim.field][(choice + 1) % 3]
        by = self.people[side]
        if op == "propose":
            possible = value != claim.claimed
            if possible:
                claim.proposed, claim.proposed_by = value, side
            return lambda: disputes.propose(by=by, dispute=found, value=value), possible
        if op == "ask":
            possible, claim.asked = not claim.asked, True
            return lambda: disputes.ask_secretariat(by=by, dispute=found), possible
        possible, settled = self._settles(op, side, claim, one, value)
        if possible:
            self.model.settle(one, claim, settled)
        acts = {
            "accept claim": lambda: disputes.accept_claim(by=by, dispute=found),
            "accept proposal": lambda: disputes.accept_proposal(by=by, dispute=found),
            "withdraw": lambda: disputes.withdraw_claim(by=by, dispute=found),
            "mediate": lambda: disputes.mediate(by=self.secretariat, dispute=found, value=value, reason="So."),
        }
        return acts[op], possible

    def _settles(self, op, side, claim, one, value):
        if op == "accept claim":
            return side != claim.side, claim.claimed
        if op == "accept proposal":
            return bool(claim.proposed_by) and side != claim.proposed_by, claim.proposed
        if op == "withdraw":
            return side == claim.side, one.values[claim.field]
        return claim.asked, value

    @staticmethod
    def _nothing() -> None:
        raise Refused

    def _edit(self, row: Initiative, side: str, name: str, value: Any) -> None:
        plain = {key: getattr(row, key) for key in frame.InitiativeFacts.__dataclass_fields__ if key not in frame.LISTS}
        plain[name] = date.fromisoformat(value) if name == "ends_on" and value else value
        facts = frame.InitiativeFacts(**plain)
        frame.edit_initiative(by=self.people[side], initiative=row, base=row.revision, facts=facts)

    def _days_pass(self, days: int) -> None:
        """The notices grow older by so many days, and the day's run comes by."""
        self.model.today += days
        for row in Declaration.objects.filter(stance="notified", initiative__in=self.rows):
            row.notified_on, row.due_on = row.notified_on - timedelta(days), row.due_on - timedelta(days)
            row.save()
        sides.expire_unanswered(by=None, today=timezone.localdate())
        for record in self.model.records:
            if not record.merged and record.state in ("notified", "reconciled"):
                record.stand(self.model.today)

    def agrees(self) -> None:
        for record, row in zip(self.model.records, self.rows, strict=True):
            found = Initiative.objects.get(pk=row.pk)
            assert (found.merged_into_id is not None) == record.merged
            now = {"size": found.size, "formality": found.formality, "ends_on": found.ends_on and f"{found.ends_on}"}
            assert now == record.values
            if record.merged:
                continue
            assert found.validation == record.state
            assert dict(found.declarations.values_list("country", "stance")) == record.stances
            open_ = Dispute.objects.filter(declaration__initiative=found, outcome="open")
            claims = Counter((one.declaration.country_id, one.field, one.claimed, one.proposed) for one in open_)
            assert claims == Counter((one.side, one.field, one.claimed, one.proposed) for one in record.claims)

    def counts(self) -> None:
        """Each record once in each table: against the model, by hand."""
        expected = Counter(BUCKETS.get(one.state, "waiting") for one in self.model.records if not one.merged)
        counts = counted_for(self.secretariat)
        zero = self.before
        rows = [("total", counts.total)]
        rows += [("country", one) for one in counts.countries if one.key in {("MEX",), ("BRA",)}]
        rows += [("pair", one) for one in counts.pairs if one.key == ("BRA", "MEX")]
        rows += [("type", one) for one in counts.types if one.key == ("horizontal",)]
        rows += [("year", one) for one in counts.years if one.key == (2010,)]
        assert len(rows) == 6
        for table, one in rows:
            was = zero.get((table, one.key), Counter())
            now = Counter(validated=one.validated, unilateral=one.unilateral, waiting=one.waiting)
            assert now - was == expected, (table, one.key)


def numbers(counts) -> dict[tuple[str, Any], Counter]:
    tables = {
        "total": [counts.total],
        "country": counts.countries,
        "pair": counts.pairs,
        "type": counts.types,
        "year": counts.years,
    }
    return {
        (name, one.key): Counter(validated=one.validated, unilateral=one.unilateral, waiting=one.waiting)
        for name, rows in tables.items()
        for one in rows
    }


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), length=st.integers(4, 20))
def test_whatever_two_sides_say_one_record_counts_once(person, data, length):
    point = transaction.savepoint()
    secretariat = person("secretariat")
    before = numbers(counted_for(secretariat))
    world = World()
    world.secretariat, world.before = secretariat, before
    for _ in range(length):
        number = data.draw(st.integers(0, len(world.rows) - 1))
        op = data.draw(st.sampled_from(likely(world.model, world.model.records[number])))
        side, name = data.draw(st.sampled_from(("MEX", "BRA"))), data.draw(st.sampled_from(tuple(VALUES)))
        world.take(op, side, number, name, data.draw(st.integers(0, 2)))
        world.agrees()
    for record in world.model.records:
        event(f"ends {'merged' if record.merged else record.state}")
    world.counts()
    for row in world.rows:
        replays(row)
    transaction.savepoint_rollback(point)
