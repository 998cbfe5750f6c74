"""A process that writes until it is killed: python -m tests.verification.writer SCENARIO NUMBER

Each line it prints tells, after the fact, what was committed.
"""

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

from ayni.directory.actions.people import add_person, grant_role
from ayni.directory.models import Institution
from ayni.surveys.actions.answers import Edit, save_answer
from ayni.surveys.actions.editions import create_edition, freeze_edition
from ayni.surveys.models import Answer, Question, Response, Round

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


def _open_response() -> Response:
    """Of a round that stands open for as long as the test lasts."""
    held = Round.objects.get(code="oas-2010")
    values = {"version": held.version, "period_from": 2011, "period_to": 2026, "deadline": date.max, "status": "open"}
    round_, _made = Round.objects.get_or_create(code="open", defaults=values)
    institution = Institution.objects.get(code="BR-MDS")
    return Response.objects.get_or_create(round=round_, institution=institution)[0]


SCENARIOS: dict[str, Callable[[int], Committed]] = {"editions": editions, "people": people, "answers": answers}

if __name__ == "__main__":
    scenario, begin = sys.argv[1], int(sys.argv[2])
    for committed in SCENARIOS[scenario](begin):
        os.write(1, (json.dumps(committed) + "\n").encode())
