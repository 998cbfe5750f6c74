"""Two who place rows below one another at once close no ring: the second is told, on either database."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation

from ayni.common.errors import Refused
from ayni.directory.actions.editing import InstitutionFacts, edit_institution
from ayni.directory.models import Institution
from ayni.registry.actions.agreements import AgreementFacts, edit_agreement
from ayni.registry.actions.initiatives.frame import InitiativeFacts, edit_initiative
from ayni.registry.actions.results.frames import set_parent_frame
from tests.factories.agreements import agreement
from tests.factories.initiatives import bare
from tests.factories.initiatives import facts as initiative_facts
from tests.factories.results import frame

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demonstration")]
Places = tuple[list[Any], Callable[[Any, Any], object]]


def frames(by: Any) -> Places:
    rows = [frame("BR-MDS", "CL-FOSIS") for _each in range(3)]
    return rows, lambda row, parent: set_parent_frame(by=by, frame=row, base=row.revision, parent=parent)


def initiatives(by: Any) -> Places:
    rows = [bare("BR-MDS", "CL-FOSIS", size="programme") for _each in range(3)]

    def place(row: Any, parent: Any) -> object:
        facts: InitiativeFacts = initiative_facts(size="programme", parent=parent)
        return edit_initiative(by=by, initiative=row, base=row.revision, facts=facts)

    return rows, place


def agreements(by: Any) -> Places:
    rows = [agreement("BR-MDS", "CL-FOSIS") for _each in range(3)]

    def place(row: Any, parent: Any) -> object:
        values = {name: getattr(row, name) for name in AgreementFacts.__dataclass_fields__}
        return edit_agreement(
            by=by, agreement=row, base=row.revision, facts=AgreementFacts(**(values | {"parent": parent}))
        )

    return rows, place


def institutions(by: Any) -> Places:
    rows = list(Institution.objects.filter(code__in=["BR-MDS", "CL-FOSIS", "PE-MIDIS"]))
    Institution.objects.update(parent=None)

    def place(row: Any, parent: Any) -> object:
        values = {name: getattr(row, name) for name in InstitutionFacts.__dataclass_fields__}
        return edit_institution(by=by, institution=row, facts=InstitutionFacts(**(values | {"parent": parent})))

    return rows, place


TABLES = (
    (frames, "focal-point"),
    (initiatives, "focal-point"),
    (agreements, "focal-point"),
    (institutions, "secretariat"),
)


def test_the_second_sees_where_the_first_has_put_it(person):
    for table, role in TABLES:
        (one, two, three), place = table(person(role))
        # With the third below the second, the first below the third and the second below the first, all stand in a ring.
        type(three).objects.filter(pk=three.pk).update(parent=two)
        three.refresh_from_db()
        said = second_of_two(partial(place, one, three), partial(place, two, one))
        one.refresh_from_db()
        two.refresh_from_db()
        assert (one.parent, two.parent) == (three, None) and "below" in said, table.__name__


def second_of_two(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What the second is told, who begins while the first has done its part and not committed it."""
    placed, done, said = threading.Event(), threading.Event(), []

    def then() -> None:
        placed.wait(timeout=30)
        try:
            with translation.override("en"):
                second()
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            done.set()
            connection.close()

    other = threading.Thread(target=then, daemon=True)
    other.start()
    with transaction.atomic():
        first()
        placed.set()
        # Who does not wait its turn is through by now.
        done.wait(timeout=1)
    other.join(timeout=60)
    return "".join(said)
