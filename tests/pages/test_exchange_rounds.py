"""Exchange rounds: the round in the shape of 2012's, and one whose interests are open."""

import pytest

pytestmark = pytest.mark.django_db

SECRETARIAT_ONLY = {"public": "302", "*": "403"}
HELD, OPEN = "exchange/rounds/rueda-demo/", "exchange/rounds/rueda-abierta/"
PAGES: dict[str, dict[str, int | str]] = {
    "exchange/rounds/": {"public": 2, "*": 4},
    "exchange/rounds/new/": SECRETARIAT_ONLY | {"secretariat": 3},
    HELD: {"public": 8, "secretariat": 10, "expert": 11, "observer": 10, "administrator": 11, "*": 13},
    OPEN: {"public": 8, "focal-point": 12, "national-coordinator": 11, "*": 10},
    HELD + "edit/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "setup/": SECRETARIAT_ONLY | {"secretariat": 14},
    HELD + "step/close-forms/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "step/reopen-forms/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "step/nothing/": SECRETARIAT_ONLY | {"secretariat": "404"},
    HELD + "delegations/BR-MDS/": {
        "public": 8,
        "focal-point": 20,
        "national-coordinator": 19,
        "secretariat": 18,
        "observer": 17,
        "*": 10,
    },
    OPEN + "delegations/BR-MDS/": {
        "public": 5,
        "focal-point": 15,
        "expert": 7,
        "observer": 12,
        "administrator": 7,
        "*": 13,
    },
    OPEN + "delegations/CHL/": {
        "public": 4,
        "secretariat": 10,
        "expert": 6,
        "observer": 9,
        "administrator": 6,
        "*": 11,
    },
    OPEN + "delegations/BR-MDS/edit/": SECRETARIAT_ONLY | {"focal-point": 14, "secretariat": 12},
    OPEN + "delegations/CHL/edit/": SECRETARIAT_ONLY | {"national-coordinator": 12, "secretariat": 11},
    OPEN + "delegations/BR-MDS/interests/new/": SECRETARIAT_ONLY | {"focal-point": 14, "secretariat": 12},
    HELD + "delegations/BR-MDS/interests/new/": SECRETARIAT_ONLY | {"focal-point": "404", "secretariat": 12},
    HELD + "matrix/": {"public": 8, "focal-point": 12, "national-coordinator": 12, "*": 10},
    OPEN + "matrix/": SECRETARIAT_ONLY
    | {"focal-point": 12, "national-coordinator": 11, "secretariat": 10, "observer": 10},
    HELD + "matrix/single-registry/": {
        "public": 9,
        "secretariat": 14,
        "expert": 11,
        "observer": 14,
        "administrator": 11,
        "*": 16,
    },
    HELD + "matrix/nothing/": {"*": "404"},
    HELD + "timetable/": {"public": 9, "focal-point": 13, "national-coordinator": 13, "secretariat": 21, "*": 11},
    OPEN + "timetable/": SECRETARIAT_ONLY,
    HELD + "timetable/plan/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "timetable/repair/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "timetable/late/": SECRETARIAT_ONLY | {"secretariat": 9},
    HELD + "timetable/late/rooms/1/": SECRETARIAT_ONLY | {"secretariat": 7},
    HELD + "timetable/versions/1/": SECRETARIAT_ONLY
    | {"focal-point": 14, "national-coordinator": 14, "secretariat": 12, "observer": 12},
    HELD + "meetings/1/": {"public": 4, "secretariat": 12, "expert": 6, "observer": 9, "administrator": 6, "*": 11},
    "exchange/rounds/nothing/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
