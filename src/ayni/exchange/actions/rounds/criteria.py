"""The committee's criteria: versions that the secretariat drafts and puts in force. They are Ayni's own judgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.reference import table, texts
from ayni.exchange.actions.rounds.guards import run_by
from ayni.exchange.models import CommitteeCriteria, CommitteeCriterion, VersionStatus


@dataclass(frozen=True, kw_only=True)
class Part:
    """A criterion: its name, what a reviewer asks, and its weight among the others (1 to 100)."""

    code: str
    name: dict[str, str]
    question: dict[str, str]
    weight: int


@transaction.atomic
def load_criteria(*, by: Any) -> bool:
    """The first version, in force, unless there are criteria. Returns whether it was added."""
    if CommitteeCriteria.objects.exists():
        return False
    criteria = CommitteeCriteria.objects.create(number=1, status=VersionStatus.CURRENT)
    parts = [
        Part(code=row["code"], name=texts(row, "name"), question=texts(row, "question"), weight=int(row["weight"]))
        for row in table("exchange/committee_criteria.csv")
    ]
    _write(criteria, parts)
    record(by=by, verb="criteria put in force", on=criteria, after=_told(criteria))
    return True


@transaction.atomic
def draft_criteria(*, by: Any) -> CommitteeCriteria:
    """A draft that begins as a copy of the version in force. Raises Refused while there is one already."""
    run_by(by)
    if CommitteeCriteria.objects.filter(status=VersionStatus.DRAFT).exists():
        raise Refused(_("There is a draft already: change it, or delete it first."))
    last = CommitteeCriteria.objects.first()
    draft = CommitteeCriteria.objects.create(number=last.number + 1 if last else 1)
    current = CommitteeCriteria.objects.filter(status=VersionStatus.CURRENT).first()
    if current is not None:
        _write(draft, [_part(one) for one in current.parts.all()])
    record(by=by, verb="criteria drafted", on=draft, after=_told(draft), public=False)
    return draft


@transaction.atomic
def change_criteria(*, by: Any, criteria: CommitteeCriteria, parts: Sequence[Part]) -> None:
    """The draft becomes what `parts` say. Raises Refused for a version in force, and for parts that do not hold."""
    run_by(by)
    _draft(criteria)
    if not parts:
        raise Refused(_("Keep at least one criterion."))
    if any(not 1 <= part.weight <= 100 for part in parts):
        raise Refused(_("Each weight is 1 to 100."))
    if any(not any(part.name.values()) for part in parts):
        raise Refused(_("Give each criterion a name in at least one language."))
    before = _told(criteria)
    criteria.parts.all().delete()
    _write(criteria, parts)
    record(by=by, verb="criteria changed", on=criteria, before=before, after=_told(criteria), public=False)


@transaction.atomic
def put_criteria_in_force(*, by: Any, criteria: CommitteeCriteria) -> None:
    """The draft takes the place of the version in force; rounds whose committee has begun keep theirs."""
    run_by(by)
    _draft(criteria)
    if not criteria.parts.exists():
        raise Refused(_("Keep at least one criterion."))
    CommitteeCriteria.objects.filter(status=VersionStatus.CURRENT).update(status=VersionStatus.SUPERSEDED)
    criteria.status = VersionStatus.CURRENT
    criteria.save(update_fields=["status"])
    record(by=by, verb="criteria put in force", on=criteria, after=_told(criteria))


@transaction.atomic
def delete_criteria_draft(*, by: Any, criteria: CommitteeCriteria) -> None:
    """Throw a draft away."""
    run_by(by)
    _draft(criteria)
    record(by=by, verb="criteria draft deleted", on=criteria, before=_told(criteria), public=False)
    criteria.delete()


def _draft(criteria: CommitteeCriteria) -> None:
    if criteria.status != VersionStatus.DRAFT:
        raise Refused(_("Only a draft is changed: begin a new version."))


def _write(criteria: CommitteeCriteria, parts: Sequence[Part]) -> None:
    CommitteeCriterion.objects.bulk_create(
        CommitteeCriterion(
            criteria=criteria,
            code=part.code,
            name=part.name,
            question=part.question,
            weight=part.weight,
            position=position,
        )
        for position, part in enumerate(parts)
    )


def _part(one: CommitteeCriterion) -> Part:
    return Part(code=one.code, name=one.name, question=one.question, weight=one.weight)


def _told(criteria: CommitteeCriteria) -> dict[str, Any]:
    return {"status": criteria.status, "criteria": {one.code: one.weight for one in criteria.parts.all()}}
