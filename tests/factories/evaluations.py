"""Initiatives with evaluations and checks, for tests."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Concept, Institution
from ayni.learning.models import LASTING, Criterion, Evaluation, SustainabilityCheck
from ayni.methods.sustainability import months_after
from ayni.registry.models import Initiative

TODAY = date.today()
NUMBERS = count(7001)
TEXT = {"en": "A text.", "es": "Un texto."}


def concept(scheme: str, code: str) -> Concept:
    """A term in force."""
    return Concept.objects.current(scheme).get(code=code)


def institution(code: str) -> Institution:
    """The institution of this code."""
    return Institution.objects.get(code=code)


def initiative(offers: str = "BR-MDS", receives: str = "CL-FOSIS", *, others: str = "", **values: Any) -> Initiative:
    """An initiative in execution, closed a year and a month ago where its state says so; the first keeps the record."""
    given: dict[str, Any] = {
        "code": f"BR-2026-{next(NUMBERS)}",
        "institution": institution(offers),
        "title": {"en": "A registry of families", "es": "Un registro de familias"},
        "cooperation_type": concept("cooperation-types", "horizontal"),
        "approved_on": TODAY - timedelta(days=900),
        "began_on": TODAY - timedelta(days=880),
        "starts_on": TODAY - timedelta(days=880),
        "state": "execution",
    }
    if values.get("state") in ("ex-post", "archived"):
        given["closed_on"] = months_after(TODAY, -13)
    if values.get("state") == "cancelled":
        given["reason"] = "It ended."
    made = Initiative.objects.create(**(given | values))
    made.participations.create(institution=institution(offers), role=concept("cooperation-roles", "first-offerer"))
    made.participations.create(institution=institution(receives), role=concept("cooperation-roles", "recipient"))
    if others:
        made.participations.create(institution=institution(others), role=concept("cooperation-roles", "second-offerer"))
    return Initiative.objects.get(pk=made.pk)


def evaluation(
    of: Initiative | None = None, *, whole: bool = True, answered: bool = False, **values: Any
) -> Evaluation:
    """An evaluation; `whole`: its report and criteria are there; `answered`: every party has responded."""
    given: dict[str, Any] = {
        "initiative": of or initiative(),
        "instrument": concept("me-instruments", "final-report"),
        "when": "closure",
        "title": {"en": "The final report"},
        "process_questions": TEXT,
        "result_questions": TEXT,
        "planned_on": TODAY,
    }
    state = values.get("state", "designed")
    if state != "designed":
        given["evaluator"] = "A university"
    if whole and state in ("draft", "response", "published"):
        given |= {"process_findings": TEXT, "findings": TEXT, "recommendations": TEXT}
    if state == "published":
        given |= {"published_at": timezone.now(), "published_by": User.objects.get(email="coordinacion.br@demo.ayni")}
    made = Evaluation.objects.create(**(given | values))
    if whole and state in ("draft", "response", "published"):
        for number, criterion in enumerate(Criterion.values):
            made.scores.create(criterion=criterion, score=number % 4 + 1, finding=TEXT)
    if answered:
        answer(made)
    return made


def answer(made: Evaluation, *codes: str) -> None:
    """The responses of these parties, or of every one."""
    by = User.objects.get(email="coordinacion.br@demo.ayni")
    for one in made.initiative.participations.select_related("institution"):
        if not codes or one.institution.code in codes:
            made.responses.create(
                institution=one.institution,
                answer="accepted",
                text=TEXT,
                measures=TEXT,
                due_on=TODAY,
                given_at=timezone.now(),
                given_by=by,
            )


def check(of: Initiative, code: str, moment: str = "closure", **values: Any) -> SustainabilityCheck:
    """A check with every item at 2, that of the government left out."""
    items = {item: 2 for item in LASTING if item != "government"}
    given = {
        "initiative": of,
        "institution": institution(code),
        "moment": moment,
        "checked_on": TODAY,
        "evidence": TEXT,
    }
    return SustainabilityCheck.objects.create(**(given | items | values))
