"""What the database itself refuses of lessons, their uses, products and obstacles."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import ProgrammeVersion
from ayni.learning.models import Lesson, LessonUse, Obstacle, Product
from tests.factories import lessons as made

NOW = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("state", "values"),
    [
        ("typed", {"kind": "eternal"}),
        ("reviewed", {"kind": "internal"}),
        ("typed", {"kind": ""}),
        ("reviewed", {"reviewed_at": None, "reviewed_by": None}),
        ("disseminated", {"disseminated_at": None, "disseminated_by": None}),
        ("typed", {"kind": "projective"}),
        ("captured", {"revision": 0}),
        ("reviewed", {"reviewed_by": None}),
        ("captured", {"joint_agreed_at": NOW}),
        ("verified", {"disseminated_at": NOW}),
    ],
    ids=str,
)
def test_a_lesson(state, values):
    one = made.lesson(made.initiative(), state=state)
    refused(lambda: Lesson.objects.filter(pk=one.pk).update(**values))


def test_a_lesson_is_not_joint_with_its_own_institution():
    one = made.lesson(made.initiative())
    refused(lambda: Lesson.objects.filter(pk=one.pk).update(joint_with=one.institution))


@pytest.mark.parametrize(
    "values",
    [
        {"component": None, "component_version": None},
        {"component_version": None},
        {"component_version": 0},
        {"evidence": ""},
        {"verified_at": NOW},
    ],
    ids=str,
)
def test_a_use(values):
    use = made.use(made.lesson(made.initiative(), state="reviewed"))
    refused(lambda: LessonUse.objects.filter(pk=use.pk).update(**values))


def test_a_use_is_of_one_version_and_told_once():
    one = made.lesson(made.initiative(), state="reviewed")
    use, version = made.use(one), ProgrammeVersion.objects.first()
    refused(lambda: LessonUse.objects.filter(pk=use.pk).update(programme_version=version))
    refused(lambda: made.use(one))
    whole = {"component": None, "programme_version": version}
    made.use(one, **whole)
    refused(lambda: made.use(one, **whole))


@pytest.mark.parametrize(
    "values",
    [
        {"taken_on": made.TODAY - timedelta(days=300)},
        {"worked": "yes"},
        {"ended_on": made.TODAY - timedelta(days=300)},
        {"revision": 0},
    ],
    ids=str,
)
def test_an_obstacle(values):
    one = made.obstacle()
    refused(lambda: Obstacle.objects.filter(pk=one.pk).update(**values))


def test_a_product():
    one = made.product(made.initiative(), "BR-MDS", "CL-FOSIS")
    refused(lambda: Product.objects.filter(pk=one.pk).update(revision=0))
