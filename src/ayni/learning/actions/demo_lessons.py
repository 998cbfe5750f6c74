"""The demonstration of what is learned (data/demo/lessons.json): fictional lessons, products and obstacles in every state.

Each is entered by the people whose turn it is. What belongs to an initiative that is not there is left out.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Concept, Institution, Membership, ProgrammeVersion
from ayni.learning.actions import lesson_steps, lesson_uses, lessons, obstacles, products
from ayni.learning.actions.lesson_uses import UseFacts
from ayni.learning.actions.lessons import LessonFacts
from ayni.learning.actions.obstacles import Measure, ObstacleFacts
from ayni.learning.actions.products import ProductFacts
from ayni.learning.models import Lesson, Obstacle, Product
from ayni.registry.models import Initiative

Row = Mapping[str, Any]


@transaction.atomic
def load_lessons(*, by: Any) -> bool:
    """Enter lessons, products and obstacles unless there are any. Returns whether it did."""
    if Lesson.objects.exists() or Obstacle.objects.exists() or Product.objects.exists():
        return False
    told, acting = document("demo/lessons.json"), _Acting()
    for row in told["lessons"]:
        _lesson(row, acting)
    for row in told["products"]:
        _product(row, acting)
    for row in told["obstacles"]:
        _obstacle(row, acting)
    # Nobody says of their own record that it is fictional: the demonstration does.
    for model in (Lesson, Product, Obstacle):
        model.objects.update(fictional=True)
    return True


class _Acting:
    """Who keeps the record of an institution, who observes, who speaks for the network; the initiatives by their codes."""

    def __init__(self) -> None:
        held = list(Membership.objects.in_force().select_related("user"))
        self._institutions = {one.institution_id: one.user for one in held if one.role == "focal-point"}
        self._countries = {one.country_id: one.user for one in held if one.role == "national-coordinator"}
        self.network: dict[str, User] = {one.role: one.user for one in held if one.role in ("secretariat", "observer")}
        self._initiatives = {one.code: one for one in Initiative.objects.filter(merged_into__isnull=True)}

    def keeper(self, institution: Institution) -> User:
        """Its focal point, or the coordinator of its country."""
        return self._institutions.get(institution.pk) or self._countries[institution.country_id]

    def place(self, row: Row, *codes: str) -> Initiative | None:
        """The initiative of a row, when it is there, has begun, and the institutions of these codes take part in it."""
        found = self._initiatives.get(row.get("initiative", ""))
        if found is None or found.state not in lessons.TEACHING:
            return None
        parties = set(found.participations.values_list("institution__code", flat=True))
        return found if set(codes) <= parties else None


def _lesson(row: Row, acting: _Acting) -> None:
    others = [row["joint_with"]] if "joint_with" in row else []
    initiative = acting.place(row, row["institution"], *others)
    if initiative is None:
        return
    institution = Institution.objects.get(code=row["institution"])
    other = Institution.objects.get(code=others[0]) if others else None
    keeper = acting.keeper(institution)
    facts = LessonFacts(
        captured_on=day_of(row["captured_on"]),
        joint_with=other,
        topics=tuple(Concept.objects.current("topics").filter(code__in=row["topics"])),
        **{name: row.get(name, {}) for name in ("title", "text", "recognition", "proposal")},
    )
    lesson = lessons.capture_lesson(by=keeper, initiative=initiative, institution=institution, facts=facts)
    actors = {"disseminate": acting.network["secretariat"]}
    for step in row["steps"]:
        if step == "agree" and other is not None:
            lessons.agree_joint(by=acting.keeper(other), lesson=lesson)
        elif step == "use":
            for told in row["uses"]:
                lesson_uses.record_use(by=keeper, lesson=lesson, use=_use(told))
        elif step == "verify":
            for use in lesson.uses.all():
                lesson_uses.verify_use(by=acting.network["observer"], use=use)
        elif step != "disseminate" or initiative.validation == "published":
            lesson_steps.take_step(by=actors.get(step, keeper), lesson=lesson, step=step)


def _use(told: Row) -> UseFacts:
    version = ProgrammeVersion.objects.get(programme__code=told["programme"], number=told["version"])
    return UseFacts(
        changed=told["changed"],
        used_on=day_of(told["used_on"]),
        evidence_note=told["evidence_note"],
        programme_version=version,
    )


def _product(row: Row, acting: _Acting) -> None:
    initiative = acting.place(row, *row["institutions"])
    if initiative is None:
        return
    makers = tuple(Institution.objects.filter(code__in=row["institutions"]))
    facts = ProductFacts(
        title=row["title"],
        description=row["description"],
        made_on=day_of(row["made_on"]),
        institutions=makers,
        licence=row["licence"],
    )
    first = Institution.objects.get(code=row["institutions"][0])
    products.add_product(by=acting.keeper(first), initiative=initiative, facts=facts)


def _obstacle(row: Row, acting: _Acting) -> None:
    initiative = acting.place(row, row["institution"])
    if "initiative" in row and initiative is None:
        return
    institution = Institution.objects.get(code=row["institution"])
    keeper = acting.keeper(institution)
    kind = Concept.objects.current("obstacles").get(code=row["kind"])
    facts = ObstacleFacts(kind=kind, text=row["text"], seen_on=day_of(row["seen_on"]), initiative=initiative)
    obstacle = obstacles.register_obstacle(by=keeper, institution=institution, facts=facts)
    told = row.get("measure")
    if told:
        ended = day_of(told["ended_on"]) if "ended_on" in told else None
        measure = Measure(told["text"], day_of(told["taken_on"]), told["worked"], ended)
        obstacles.take_measure(by=keeper, obstacle=obstacle, base=1, measure=measure)


def day_of(told: str | int) -> date:
    """A day as it stands, or so many days ago."""
    return timezone.localdate() - timedelta(days=told) if isinstance(told, int) else date.fromisoformat(told)
