"""Rounds to try with, beside the demonstration."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ayni.accounts.models import User
from ayni.directory.models import Institution, Membership
from ayni.surveys.models import (
    InstrumentVersion,
    Invitation,
    Kind,
    Question,
    Response,
    Round,
    RoundStatus,
    Section,
)


def open_round(
    code: str = "round-2026",
    *,
    institutions: Sequence[str] = ("BR-MDS",),
    version: InstrumentVersion | None = None,
    **fields: Any,
) -> Round:
    """An open round of the 13 questions (or of `version`); each of `institutions` is invited and has an empty response."""
    values: dict[str, Any] = {
        "title": {"es": "Diagnóstico de prueba", "en": "A trial diagnosis"},
        "version": version or InstrumentVersion.objects.get(instrument__code="oas13"),
        "period_from": 2020,
        "period_to": 2026,
        "deadline": date.today() + timedelta(days=30),
        "status": RoundStatus.OPEN,
        "fictional": True,
    }
    round_ = Round.objects.create(code=code, **(values | fields))
    for institution in Institution.objects.filter(code__in=institutions):
        Invitation.objects.create(round=round_, institution=institution)
        Response.objects.create(round=round_, institution=institution)
    return round_


def every_kind(*, questions: int = 1) -> InstrumentVersion:
    """A published version with `questions` questions of each kind, in two sections; the second asks more after a yes."""
    version = InstrumentVersion.objects.get(instrument__code="oas13")
    version = InstrumentVersion.objects.create(
        instrument=version.instrument, number=99, status="retired", published_on=date(2026, 1, 1)
    )
    schemes = {
        question.scheme.code: question.scheme
        for question in Question.objects.filter(scheme__isnull=False).select_related("scheme")
    }
    first, second = (
        Section.objects.create(version=version, code=code, title={"en": code, "es": code}, position=position)
        for position, code in enumerate(("first", "second"))
    )
    chosen = {Kind.SINGLE: "yes-no", Kind.MULTIPLE: "topics", Kind.INSTITUTIONS: "agency-roles"}
    position = 0
    for turn in range(questions):
        for kind in Kind:
            Question.objects.create(
                version=version,
                section=first,
                code=f"{kind.value}_{turn}",
                kind=kind,
                label={"en": f"{kind.value} {turn}", "es": f"{kind.value} {turn}"},
                help={"en": "Help", "es": "Ayuda"},
                scheme=schemes[chosen[kind]] if kind in chosen else None,
                required=kind == Kind.TEXT and turn == 0,
                position=position,
            )
            position += 1
    Question.objects.create(
        version=version,
        section=second,
        code="why",
        kind=Kind.LONG_TEXT,
        label={"en": "Why?", "es": "¿Por qué?"},
        condition={"question": "single_0", "any_of": ["yes"]},
        required=True,
        position=position,
    )
    return version


def focal_point(institution: str, email: str) -> User:
    """Another person who answers for an institution."""
    user = User.objects.create_user(email, "a password for tests", name=email.partition("@")[0].title(), language="es")
    Membership.objects.create(user=user, role="focal-point", institution=Institution.objects.get(code=institution))
    return user
