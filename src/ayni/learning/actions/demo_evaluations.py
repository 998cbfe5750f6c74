"""The demonstration's evaluations and checks (data/demo/evaluations.json), taken where they are by the people of its countries.

What belongs to an initiative that is not there is left out, and so is what a country would say that has no coordination here.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Concept, Institution, Membership
from ayni.learning.actions.evaluations.checks import Remains, make_check
from ayni.learning.actions.evaluations.responses import Reply, measure_done, respond
from ayni.learning.actions.evaluations.steps import take_step
from ayni.learning.actions.evaluations.writing import (
    Design,
    Report,
    commission_evaluation,
    design_evaluation,
    judge_criterion,
    write_report,
)
from ayni.learning.models import Evaluation, EvaluationState
from ayni.learning.queries.evaluations.checks import due_on, opens
from ayni.learning.queries.evaluations.missing import missing
from ayni.methods.sustainability import months_after
from ayni.registry.models import Initiative

# The steps that lead to a state, in their order.
ORDER = ("designed", "commissioned", "draft", "response", "published")
# From the day that was planned to the publication.
WRITTEN_IN = 3
Row = Mapping[str, Any]


@transaction.atomic
def load_evaluations(*, by: Any = None) -> bool:
    """Enter the evaluations and checks unless there are any. Returns whether it did."""
    if Evaluation.objects.exists():
        return False
    told = document("demo/evaluations.json")
    loading = _Loading(told["texts"])
    for row in told["evaluations"]:
        loading.evaluate(row)
    for row in told["checks"]:
        loading.check(row)
    return True


class _Loading:
    """What all rows share: the texts by their names, who acts for a country, initiatives and institutions by their codes."""

    def __init__(self, texts: Mapping[str, dict[str, str]]) -> None:
        self._texts = texts
        held = Membership.objects.in_force().filter(role="national-coordinator").select_related("user")
        self._coordinators = {one.country_id: one.user for one in held}
        self._observer = User.objects.filter(memberships__role="observer").order_by("pk").first()
        self._initiatives = {one.code: one for one in Initiative.objects.select_related("institution")}
        self._institutions = {one.code: one for one in Institution.objects.all()}
        self._instruments = {one.code: one for one in Concept.objects.current("me-instruments")}

    def evaluate(self, row: Row) -> None:
        initiative = self._initiatives.get(row["initiative"])
        keeper = self._coordinators.get(initiative.institution.country_id) if initiative else None
        # Of an independent one the parties write nothing.
        writer = self._observer if row.get("independent") else keeper
        if initiative is None or keeper is None or writer is None:
            return
        reached = ORDER.index(row["state"])
        evaluation = design_evaluation(by=keeper, initiative=initiative, design=self._design(initiative, row))
        if reached >= ORDER.index("commissioned"):
            commission_evaluation(
                by=keeper,
                evaluation=evaluation,
                evaluator=row["evaluator"],
                institution=None,
                independent=row["independent"],
            )
        if reached >= ORDER.index("draft"):
            self._write(writer, evaluation, row)
        if reached >= ORDER.index("response"):
            take_step(by=writer, evaluation=evaluation, step="send")
            self._respond(evaluation, row)
        evaluation.refresh_from_db()
        if reached >= ORDER.index("published") and not missing(evaluation, "publish"):
            take_step(by=keeper, evaluation=evaluation, step="publish")
            self._date_back(evaluation)

    def check(self, row: Row) -> None:
        initiative, side = self._initiatives.get(row["initiative"]), self._institutions.get(row["institution"])
        by = self._coordinators.get(side.country_id) if side else None
        if initiative is None or side is None or by is None:
            return
        today = timezone.localdate()
        if opens(initiative, row["moment"], today):
            items = dict(row["items"])
            remains = Remains(
                checked_on=min(due_on(initiative, row["moment"]) or today, today),
                items=items,
                government_changed="government" in items,
                evidence=self._texts[row["evidence"]],
                **{name: row.get(name) for name in ("components_reused", "national", "third_countries")},
            )
            make_check(by=by, initiative=initiative, institution=side, moment=row["moment"], remains=remains)

    def _design(self, initiative: Initiative, row: Row) -> Design:
        end = initiative.closed_on or initiative.ends_on or timezone.localdate()
        return Design(
            instrument=self._instruments[row["instrument"]],
            when=row["when"],
            planned_on=months_after(end, row["months"]),
            **{name: self._texts[row[name]] for name in ("title", "process_questions", "result_questions", "method")},
        )

    def _write(self, writer: User, evaluation: Evaluation, row: Row) -> None:
        evaluation = take_step(by=writer, evaluation=evaluation, step="begin")
        report = Report(
            process_findings=self._texts[row["process_findings"]],
            findings=self._texts[row["findings"]],
            recommendations=self._texts[row["recommendations"]],
        )
        evaluation = write_report(by=writer, evaluation=evaluation, base=evaluation.revision, report=report)
        for number, (criterion, (score, finding)) in enumerate(row["criteria"].items()):
            judge_criterion(
                by=writer,
                evaluation=evaluation,
                base=evaluation.revision + number,
                criterion=criterion,
                score=score,
                finding=self._texts[finding],
            )

    def _respond(self, evaluation: Evaluation, row: Row) -> None:
        for code, told in row.get("responses", {}).items():
            party = self._institutions[code]
            by = self._coordinators.get(party.country_id)
            if by is None:
                continue
            due = months_after(evaluation.planned_on or timezone.localdate(), WRITTEN_IN + told["months"])
            reply = Reply(told["answer"], self._texts[told["text"]], self._texts[told["measures"]], due)
            given = respond(by=by, evaluation=evaluation, institution=party, base=0, reply=reply)
            if told["done"]:
                measure_done(by=by, response=given, done_on=min(due, timezone.localdate()))

    def _date_back(self, evaluation: Evaluation) -> None:
        """A report of earlier years was published then, not on the day that the demonstration was entered."""
        then = months_after(evaluation.planned_on or timezone.localdate(), WRITTEN_IN)
        if then < timezone.localdate():
            at = _noon(then)
            Evaluation.objects.filter(pk=evaluation.pk, state=EvaluationState.PUBLISHED).update(published_at=at)
            evaluation.responses.update(given_at=at)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
