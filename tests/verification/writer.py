"""A process that writes until it is killed: python -m tests.verification.writer SCENARIO NUMBER

Each line it prints tells, after the fact, what was committed.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count

os.environ["DJANGO_SETTINGS_MODULE"] = "ayni.site.settings"

import django

django.setup()

from django.db import transaction
from openpyxl import Workbook

from ayni.accounts.models import User
from ayni.directory.actions.people import add_person, grant_role
from ayni.directory.models import Concept, Country, Institution
from ayni.learning.actions.obstacles import Measure, ObstacleFacts, register_obstacle, take_measure
from ayni.registry.actions.declarations import sides
from ayni.surveys.actions.answer_import import import_answers
from ayni.surveys.actions.answers import Edit, save_answer
from ayni.surveys.actions.editions import create_edition, freeze_edition
from ayni.surveys.models import Answer, Invitation, Question, Response, Round
from ayni.surveys.queries.answer_import import plan_import
from tests.factories.records import initiative, speaker

Committed = Iterator[dict[str, str]]


def editions(start: int) -> Committed:
    """An edition is begun, then frozen."""
    round_ = Round.objects.get(code="oas-2010")
    for number in count(start):
        edition = create_edition(by=None, round=round_, code=f"edition-{number}", title={"es": "Edición"})
        yield {"code": edition.code, "status": "draft"}
        frozen = freeze_edition(by=None, edition=edition)
        yield {"code": frozen.code, "status": "frozen", "checksum": frozen.checksum}


def people(start: int) -> Committed:
    """A person comes with a role, or not at all."""
    for number in count(start):
        email = f"person-{number}@example.org"
        with transaction.atomic():
            person = add_person(by=None, email=email, name="Persona", language="es")
            grant_role(by=None, user=person, role="observer")
        yield {"email": email}


def answers(start: int) -> Committed:
    """One answer is saved again and again, as autosave does."""
    response = _open_response()
    question = Question.objects.filter(section__version=response.round.version, kind="long_text").first()
    base = Answer.objects.filter(response=response).values_list("revision", flat=True).first() or 0
    for sequence, number in enumerate(count(start)):
        edit = Edit(question.code, f"Respuesta {number}", base, client=f"client-{start}", sequence=sequence)
        base = save_answer(by=None, response=response, edit=edit).revision
        yield {"value": edit.raw, "revision": str(base)}


def sheets(start: int) -> Committed:
    """A workbook gives every answer in words of three institutions another value, or none of them."""
    round_ = _open_round("sheets")
    person = User.objects.get(email="secretaria@demo.ayni")
    institutions = Institution.objects.filter(code__in=("BR-MDS", "CL-FOSIS", "MX-SEDESOL"))
    for institution in institutions:
        Invitation.objects.get_or_create(round=round_, institution=institution)
    codes = list(round_.version.questions.filter(kind="long_text").values_list("code", flat=True))
    for number in count(start):
        revision = Answer.objects.filter(response__round=round_).values_list("revision", flat=True).first() or None
        rows = [(one.code, code, f"Hoja {number}", revision) for one in institutions for code in codes]
        data = _workbook([("institution", "question", "answer", "revision"), *rows])
        plan = plan_import(user=person, round_=round_, data=data, name="hoja.xlsx")
        done = import_answers(by=person, round=round_, data=data, name="hoja.xlsx", seen=plan.digest)
        yield {"sheet": str(number), "answers": str(done.answers)}


def _workbook(rows: list[tuple[object, ...]]) -> bytes:
    book = Workbook()
    book.active.title = "answers"
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _open_response() -> Response:
    """Of a round that stands open for as long as the test lasts."""
    institution = Institution.objects.get(code="BR-MDS")
    return Response.objects.get_or_create(round=_open_round("open"), institution=institution)[0]


def _open_round(code: str) -> Round:
    held = Round.objects.get(code="oas-2010")
    values = {"version": held.version, "period_from": 2011, "period_to": 2026, "deadline": date.max, "status": "open"}
    return Round.objects.get_or_create(code=code, defaults=values)[0]


def records(start: int) -> Committed:
    """A record is declared, which asks the other side, then confirmed, which makes it validated."""
    for number in count(start):
        made = initiative("MX-BIENESTAR", "BR-MDS", code=f"MX-2010-{number}")
        sides.declare(by=speaker("MEX"), initiative=made, country=Country.objects.get(pk="MEX"))
        yield {"code": made.code, "validation": "notified"}
        sides.confirm(by=speaker("BRA"), initiative=made, country=Country.objects.get(pk="BRA"))
        yield {"code": made.code, "validation": "validated"}


def met(start: int) -> Committed:
    """An obstacle is registered, then something is done about it."""
    kind = Concept.objects.current("obstacles").filter(broader__isnull=False)[0]
    institution, person = Institution.objects.get(code="BR-MDS"), speaker("BRA")
    for number in count(start):
        facts = ObstacleFacts(kind, {"en": f"Obstacle {number}"}, date(2020, 1, 1))
        one = register_obstacle(by=person, institution=institution, facts=facts)
        yield {"key": str(one.pk), "revision": "1"}
        measure = Measure({"en": f"Measure {number}"}, date(2020, 2, 1), "yes")
        take_measure(by=person, obstacle=one, base=1, measure=measure)
        yield {"key": str(one.pk), "revision": "2"}


SCENARIOS: dict[str, Callable[[int], Committed]] = {
    "editions": editions,
    "people": people,
    "answers": answers,
    "sheets": sheets,
    "records": records,
    "obstacles": met,
}

if __name__ == "__main__":
    scenario, begin = sys.argv[1], int(sys.argv[2])
    for committed in SCENARIOS[scenario](begin):
        os.write(1, (json.dumps(committed) + "\n").encode())
