"""Who may do what: the matrix of roles and permissions, and the reach of each role."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from ayni.common import permissions
from ayni.common.permissions import ROLES, Scope, may, require

ROOT = Path(__file__).resolve().parents[3]
PERMISSIONS = {name: value for name, value in vars(permissions).items() if name.isupper() and isinstance(value, str)}

# Role x permission, as agreed with the network. A new permission or role is a new line or column here.
ORDER = ("focal-point", "national-coordinator", "secretariat", "expert", "observer", "administrator")
MATRIX = {
    "ANSWER": "x x . . . .",
    "VALIDATE": "x . . . . .",
    "FOLLOW": ". x x . . .",
    "READ_DRAFTS": ". . x . x .",
    "RUN_ROUNDS": ". . x . . .",
    "CODE": ". . x . . .",
    "PUBLISH": ". . x . . .",
    "EDIT_INSTRUMENTS": ". . x . . .",
    "EDIT_VOCABULARIES": ". . x . . .",
    "EDIT_MATRIX": ". . x . . .",
    "EDIT_DIRECTORY": ". . x . . .",
    "EDIT_PROGRAMMES": "x x x . . .",
    "EDIT_EXPERTS": "x . x . . .",
    "RUN_EXCHANGE_ROUNDS": ". . x . . .",
    "TAKE_PART": "x x . . . .",
    "SCORE_ACTIONS": ". x x x x .",
    "SEE_RECORD": ". . x . . x",
    "MANAGE_PEOPLE": ". . . . . x",
    "WRITE_EXCHANGE": "x x . . . .",
    "ENDORSE": ". x . . . .",
    "SCREEN": ". . x . . .",
    "SET_RULES": ". . x . . .",
    "KEEP_AGREEMENTS": "x x . . . .",
    "REVIEW_AGREEMENTS": ". x . . . .",
    "KEEP_SIGNING_RULES": ". x x . . .",
    "KEEP_INITIATIVES": "x x . . . .",
    "APPROVE_INITIATIVES": ". x . . . .",
    "DECLARE": ". x . . . .",
    "MEDIATE": ". . x . . .",
    "REVIEW_RESULTS": ". x . . . .",
    "KEEP_RATES": ". x x . . .",
    "EVALUATE": "x x . . x .",
    "VERIFY_LESSONS": ". . . . x .",
    "DISSEMINATE": ". . x . . .",
    "IMPORT_RECORDS": ". x x . . .",
    "LOAD_FLOWS": ". . x . . .",
    "LINK_RECORDS": ". x x . . .",
}


@dataclass
class Held:
    role: str
    institution_id: int | None = None
    country_id: str | None = None


@dataclass
class Person:
    grants: list[Held]
    is_authenticated: bool = True


@dataclass
class Thing:
    permission_scope: Scope


def test_the_matrix_names_every_role_and_permission():
    assert set(ORDER) == set(ROLES)
    assert set(MATRIX) == set(PERMISSIONS)


@pytest.mark.parametrize("role", ORDER)
@pytest.mark.parametrize("name", MATRIX)
def test_a_role_gives_what_the_matrix_says(role, name):
    holder = Person([Held(role, institution_id=1, country_id="CHL")])
    assert may(holder, PERMISSIONS[name]) == (MATRIX[name].split()[ORDER.index(role)] == "x")


@pytest.mark.parametrize("permission", PERMISSIONS.values())
def test_the_public_may_nothing(permission):
    assert not may(AnonymousUser(), permission)
    with pytest.raises(PermissionDenied):
        require(AnonymousUser(), permission)


MINE = Thing(Scope(frozenset({1}), frozenset({"CHL"})))
NEIGHBOUR = Thing(Scope(frozenset({2}), frozenset({"CHL"})))
ABROAD = Thing(Scope(frozenset({3}), frozenset({"BRA"})))
NOBODYS = Thing(Scope())


@pytest.mark.parametrize(
    ("held", "permission", "reached"),
    [
        (Held("focal-point", institution_id=1), "ANSWER", [MINE]),
        (Held("national-coordinator", country_id="CHL"), "ANSWER", [MINE, NEIGHBOUR]),
        (Held("secretariat"), "CODE", [MINE, NEIGHBOUR, ABROAD, NOBODYS]),
        (Held("observer"), "READ_DRAFTS", [MINE, NEIGHBOUR, ABROAD, NOBODYS]),
    ],
)
def test_a_role_reaches_its_own_scope_alone(held, permission, reached):
    things = [MINE, NEIGHBOUR, ABROAD, NOBODYS]
    assert [thing for thing in things if may(Person([held]), PERMISSIONS[permission], thing)] == reached


def test_two_roles_do_not_lend_each_other_their_scope():
    holder = Person([Held("focal-point", institution_id=1), Held("expert", institution_id=3)])
    assert not may(holder, permissions.ANSWER, ABROAD)


def table() -> str:
    """The matrix as docs/howto/roles.md shows it."""
    with override("en"):
        names = [str(ROLES[code].name) for code in ORDER]
    lines = ["| may | " + " | ".join(names) + " |", "| --- |" + " :-: |" * len(names)]
    for permission in PERMISSIONS.values():
        marks = [("yes" if permission in ROLES[code].permissions else "") for code in ORDER]
        lines.append(f"| {permission} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def test_the_documentation_shows_the_same():
    text = (ROOT / "docs/howto/roles.md").read_text()
    assert table() in text, f"docs/howto/roles.md needs this table:\n{table()}"
    with override("en"):
        for role in ROLES.values():
            assert f"**{role.name}** ({role.scope}). {role.sentence}" in text
