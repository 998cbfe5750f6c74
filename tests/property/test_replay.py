"""Whatever is done in whatever order to an agreement or a measurement: its record of changes tells how it came to be as it is.

Declared records are replayed beside their model (tests/property/test_declarations.py).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Institution
from ayni.registry.actions import agreement_documents, agreements, amendments, signatures
from ayni.registry.actions.initiatives import steps
from ayni.registry.actions.initiatives.participations import Part, add_participation
from ayni.registry.actions.results import frames, measurements, periods
from ayni.registry.models import Agreement, Measurement, ResultFrame
from ayni.registry.queries.amendments import copy_of
from tests.factories.agreements import TODAY, form, rank
from tests.factories.initiatives import initiative, role
from tests.factories.records import BRAZIL, CHILE
from tests.factories.results import frame, indicator, period
from tests.property.replaying import replays

pytestmark = pytest.mark.django_db
Acts = Mapping[str, Callable[[], object]]


def coordinations() -> list[User]:
    """Those of Brazil and of Chile."""
    return [User.objects.get(email=email) for email in (BRAZIL, CHILE)]


class OfAgreement:
    """An agreement of Brazil and Chile, from its draft through what amends it."""

    WAY = (
        *(
            "change a party",
            "add a party",
            "document",
            "review",
            "sign",
            "conclude",
            "enter",
            "amend",
            "edit the amendment",
        ),
        *("amendment: review", "sign the amendment", "amendment: sign", "amendment: effect", "end"),
    )

    def __init__(self) -> None:
        self.brazil, self.chile = coordinations()
        mds, self.other = (Institution.objects.get(code=code) for code in ("BR-MDS", "CL-FOSIS"))
        self.row = agreements.begin_agreement(by=self.brazil, institution=mds, facts=self._facts("First"))
        self.acts: Acts = {
            "edit": lambda: agreements.edit_agreement(
                by=self.brazil, agreement=self.row, base=self._now().revision, facts=self._facts("Second")
            ),
            "add a party": lambda: agreements.add_party(
                by=self.brazil, agreement=self.row, institution=self.other, commitments={"en": "Work."}
            ),
            "change a party": self._change_party,
            "remove a party": lambda: agreements.remove_party(by=self.brazil, party=self._now().parties.last()),
            "sign": self._sign_all,
            "document": lambda: agreement_documents.add_document(
                by=self.brazil, agreement=self.row, title="Text", url="https://example.org/text"
            ),
            **{name: lambda name=name: self._step(name) for name in ("review", "return", "conclude", "enter", "end")},
            "amend": self._amend,
            "edit the amendment": self._edit_amendment,
            **{f"amendment: {name}": lambda name=name: self._amendment_step(name) for name in self.AMENDING},
            "sign the amendment": self._sign_amendment,
        }

    STEPS = {"review": "review", "return": "return", "conclude": "sign", "enter": "enter-force", "end": "terminate"}
    AMENDING = ("review", "return", "sign", "effect", "withdraw")

    def _facts(self, title: str) -> agreements.AgreementFacts:
        texts = {
            name: {"en": f"{title} {name}."} for name in ("title", "purpose", "roles", "responsibilities", "limits")
        }
        return agreements.AgreementFacts(
            form=form("cooperation-agreement"),
            parent=None,
            valid_from=TODAY - timedelta(days=9),
            valid_to=TODAY + timedelta(days=400),
            renews=title == "First",
            source="",
            **texts,
        )

    def _now(self) -> Agreement:
        return Agreement.objects.get(pk=self.row.pk)

    def _change_party(self) -> object:
        party = self._now().parties.first()
        return agreements.edit_party(by=self.brazil, party=party, base=party.revision, commitments={"en": "More."})

    def _sign_all(self) -> None:
        told = {"signatory": "Somebody", "rank": rank("minister"), "signed_on": TODAY}
        for party in self._now().parties.select_related("institution"):
            by = self.brazil if party.institution.country_id == "BRA" else self.chile
            signatures.record_signature(by=by, party=party, **told)

    def _step(self, name: str) -> object:
        return agreements.take_step(by=self.brazil, agreement=self.row, step=self.STEPS[name], reason="So.")

    def _amendment(self) -> Any:
        found = self._now().amendments.last()
        if found is None:
            raise Refused("none")
        return found

    def _amend(self) -> object:
        texts = copy_of(self._now()) | {"purpose": {"en": "A wider purpose."}}
        facts = amendments.AmendmentFacts({"en": "Wider."}, texts, TODAY)
        return amendments.begin_amendment(by=self.brazil, agreement=self.row, kind="amendment", facts=facts)

    def _edit_amendment(self) -> object:
        one = self._amendment()
        facts = amendments.AmendmentFacts({"en": "Wider still."}, one.texts, TODAY)
        return amendments.edit_amendment(by=self.brazil, amendment=one, base=one.revision, facts=facts)

    def _amendment_step(self, name: str) -> object:
        return amendments.take_amendment_step(by=self.brazil, amendment=self._amendment(), step=name, reason="So.")

    def _sign_amendment(self) -> None:
        one, told = self._amendment(), {"signatory": "Somebody", "rank": rank("minister"), "signed_on": TODAY}
        for party in self._now().parties.select_related("institution"):
            by = self.brazil if party.institution.country_id == "BRA" else self.chile
            signatures.record_amendment_signature(by=by, amendment=one, party=party, **told)


class OfMeasurement:
    """A measurement of the Brazilian ministry, written, judged, opened again."""

    WAY = (
        *("submit by Brazil", "return by Chile", "save 7", "submit by Brazil", "approve by Chile", "reopen by Chile"),
        *("does not apply", "submit by Brazil", "approve by Chile"),
    )

    def __init__(self) -> None:
        self.brazil, self.chile = coordinations()
        self.period = period(indicator(frame(), dimensions="sex"))
        self.row = self._save(5)
        self.acts: Acts = {
            **{f"save {value}": lambda value=value: self._save(value) for value in (5, 7, 12)},
            "does not apply": lambda: self._save(None),
            **{
                f"{name} by {who}": lambda name=name, by=by: measurements.take_step(
                    by=by, measurement=self.row, step=name, reason="So."
                )
                for name in ("submit", "approve", "return", "reopen")
                for who, by in (("Brazil", self.brazil), ("Chile", self.chile))
            },
            "lock": lambda: periods.lock_period(by=self.brazil, period=self.period, locked=True),
            "open": lambda: periods.lock_period(by=self.chile, period=self.period, locked=False),
        }

    def _save(self, value: int | None) -> Measurement:
        mds = Institution.objects.get(code="BR-MDS")
        standing = self.period.measurements.filter(institution=mds).first()
        facts = measurements.MeasurementFacts(
            value=None if value is None else Decimal(value), not_applicable=value is None, note={"en": f"{value}"}
        )
        base = standing.revision if standing else 0
        return measurements.save_measurement(
            by=self.brazil, period=self.period, institution=mds, base=base, facts=facts
        )


class OfInitiative:
    """An initiative of Brazil and Chile that is approved, carried out, measured and joined by a third country."""

    WAY = (
        *("approve for BRA", "approve for CHL", "results", "result", "begin", "suspend", "join", "resume", "close"),
        "reopen",
    )

    def __init__(self) -> None:
        self.brazil, self.chile = coordinations()
        self.row = initiative("BR-MDS", "CL-FOSIS", state="formulation")
        # A factory has made it what it is: that is told before anything else.
        record(by=None, verb="initiative entered", on=self.row, after=snapshot(self.row))
        self.acts: Acts = {
            **{
                f"approve for {place}": lambda by=by, place=place: steps.approve_initiative(
                    by=by, initiative=self.row, country=self._country(place)
                )
                for place, by in (("BRA", self.brazil), ("CHL", self.chile))
            },
            **{
                name: lambda name=name: steps.take_step(by=self.brazil, initiative=self.row, step=name, reason="So.")
                for name in ("revise", "begin", "suspend", "resume", "close", "reopen", "formulate")
            },
            "join": self._join,
            "results": lambda: frames.open_frame(by=self.brazil, initiative=self.row),
            "result": self._result,
        }

    def _country(self, code: str) -> Any:
        return next(
            one.institution.country for one in self.row.participations.all() if one.institution.country_id == code
        )

    def _join(self) -> object:
        part = Part(Institution.objects.get(code="PE-MIDIS"), role("recipient"))
        return add_participation(by=self.brazil, initiative=self.row, part=part)

    def _result(self) -> object:
        found = ResultFrame.objects.filter(initiative=self.row).first()
        if found is None:
            raise Refused("none")
        facts = frames.ResultFacts("outcome", {"en": "Something changes."}, {})
        return frames.add_result(by=self.brazil, frame=found, facts=facts)


@pytest.mark.parametrize("world", [OfAgreement, OfMeasurement, OfInitiative])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_record_of_changes_tells_how_it_came_to_be(world, data, settings):
    settings.INITIATIVE_GUARDS = ("ayni.registry.queries.initiatives.guards",)
    point = transaction.savepoint()
    made = world()
    aside = st.lists(st.sampled_from(sorted(made.acts)), max_size=3)
    way = made.WAY[: data.draw(st.integers(0, len(made.WAY)))]
    for name in [name for step in ("", *way) for name in (step, *data.draw(aside)) if name]:
        done = False
        with suppress(Refused, Conflict, PermissionDenied), transaction.atomic():
            made.acts[name]()
            done = True
        event(f"{world.__name__} {name}: {'done' if done else 'refused'}")
    replays(made.row)
    transaction.savepoint_rollback(point)
