"""A process that writes until it is killed: python -m tests.verification.writer SCENARIO NUMBER

Each line it prints tells, after the fact, what was committed.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import count

os.environ["DJANGO_SETTINGS_MODULE"] = "ayni.site.settings"

import django

django.setup()

from django.db import transaction

from ayni.directory.actions.people import add_person, grant_role
from ayni.surveys.actions.editions import create_edition, freeze_edition
from ayni.surveys.models import Round

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


SCENARIOS: dict[str, Callable[[int], Committed]] = {"editions": editions, "people": people}

if __name__ == "__main__":
    scenario, begin = sys.argv[1], int(sys.argv[2])
    for committed in SCENARIOS[scenario](begin):
        os.write(1, (json.dumps(committed) + "\n").encode())
