"""Initiatives that have begun, with lessons, uses, products and obstacles, for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.i18n import words_of
from ayni.directory.models import Component, Concept, Country, Institution
from ayni.learning.models import Lesson, LessonUse, Obstacle, Product
from ayni.learning.queries.lessons import TEXTS
from ayni.registry.models import Activity, Initiative

TODAY = date.today()
REVIEWED = ("reviewed", "typed", "incorporated", "verified", "disseminated")
TYPED = REVIEWED[1:]
VERIFIED = ("verified", "disseminated")


def term(scheme: str, code: str) -> Concept:
    """A term in force."""
    return Concept.objects.current(scheme).get(code=code)


def institution(code: str) -> Institution:
    return Institution.objects.get(code=code)


def initiative(*, code: str = "BR-2026-9001", givers=("CL-FOSIS",), receivers=("BR-MDS",), **values: Any) -> Initiative:
    """An initiative in execution, its record published; the first receiver keeps it."""
    given: dict[str, Any] = {
        "code": code,
        "institution": institution(receivers[0]),
        "title": {"en": "An initiative"},
        "cooperation_type": Concept.objects.current("cooperation-types").first(),
        "state": "execution",
        "validation": "published",
        "approved_on": TODAY - timedelta(days=500),
        "starts_on": TODAY - timedelta(days=400),
        "began_on": TODAY - timedelta(days=400),
        "reason": "Because." if values.get("state") in ("suspended", "cancelled") else "",
    }
    made = Initiative.objects.create(**(given | values))
    for role, codes in (("first-offerer", givers), ("recipient", receivers)):
        for one in codes:
            made.participations.create(institution=institution(one), role=term("cooperation-roles", role))
    return made


def activity(of: Initiative, **values: Any) -> Activity:
    """A visit that was made."""
    given: dict[str, Any] = {
        "number": of.activities.count() + 1,
        "title": {"en": "A visit"},
        "modality": Concept.objects.current("modalities").first(),
        "institution": of.institution,
        "starts_on": TODAY - timedelta(days=100),
        "ends_on": TODAY - timedelta(days=98),
        "state": "done",
    }
    return Activity.objects.create(initiative=of, **(given | values))


def lesson(
    of: Initiative, *, state: str = "captured", by: str = "BR-MDS", topics=("single-registry",), **values: Any
) -> Lesson:
    """A lesson in that state, with what the state needs; from "incorporated" on with a use, from "verified" on a verified one."""
    actor, now = User.objects.order_by("pk").first(), timezone.now()
    given: dict[str, Any] = {
        "institution": institution(by),
        "title": {"en": "A lesson"},
        "text": {"en": "What was learned."},
        "state": state,
        "kind": "internal" if state in TYPED else "",
        "captured_on": TODAY - timedelta(days=90),
    }
    if state in REVIEWED:
        given |= {"reviewed_at": now, "reviewed_by": actor}
    if state == "disseminated":
        given |= {"disseminated_at": now, "disseminated_by": actor}
    given |= values
    texts = [given.get(name, {}) for name in TEXTS]
    made = Lesson.objects.create(initiative=of, words=words_of(*texts), **given)
    made.topics.set([term("topics", code) for code in topics])
    if state in TYPED and made.kind == "internal":
        use(made, verified=state in VERIFIED)
    return made


def use(of: Lesson, *, verified: bool = False, component: str | None = "conditionalities", **values: Any) -> LessonUse:
    """A component's version that the lesson changed; with `component=None` what `values` name."""
    found = Component.objects.filter(programme__country=of.institution.country_id)
    one = found.filter(code=component).first() or found.first()
    given: dict[str, Any] = {
        "component": one if component else None,
        "component_version": 1 if component else None,
        "changed": {"en": "Visits in pairs."},
        "evidence": "https://example.org/resolution",
        "used_on": TODAY - timedelta(days=30),
    }
    if verified:
        given |= {"verified_at": timezone.now(), "verified_by": User.objects.order_by("pk").first()}
    return LessonUse.objects.create(lesson=of, **(given | values))


def product(of: Initiative, *codes: str, **values: Any) -> Product:
    """Something made by these institutions together."""
    given: dict[str, Any] = {"title": {"en": "A common manual"}, "made_on": TODAY - timedelta(days=20)}
    made = Product.objects.create(initiative=of, **(given | values))
    made.institutions.set([institution(code) for code in codes])
    return made


def obstacle(
    of: Initiative | None = None, *, by: str = "BR-MDS", kind: str = "language-barriers", **values: Any
) -> Obstacle:
    """An obstacle of an institution, without a counter-measure unless told otherwise."""
    who = institution(by)
    given: dict[str, Any] = {
        "country": Country.objects.get(pk=who.country_id),
        "institution": who,
        "initiative": of,
        "kind": term("obstacles", kind),
        "text": {"en": "Nobody spoke the other's language."},
        "seen_on": TODAY - timedelta(days=200),
    }
    given |= values
    words = words_of(given["text"], given.get("counter_measure", {}))
    return Obstacle.objects.create(words=words, **given)
