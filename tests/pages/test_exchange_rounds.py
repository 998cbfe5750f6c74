"""Exchange rounds: the round in the shape of 2012's, and one whose interests are open."""

import pytest

pytestmark = pytest.mark.django_db

SECRETARIAT_ONLY = {"public": "302", "*": "403"}
HELD, OPEN = "exchange/rounds/rueda-demo/", "exchange/rounds/rueda-abierta/"
RUNNING, CLOSED = "exchange/rounds/rueda-en-curso/", "exchange/rounds/rueda-cerrada/"
PAGES: dict[str, dict[str, int | str]] = {
    "exchange/rounds/": {"public": 2, "*": 4},
    "exchange/rounds/new/": SECRETARIAT_ONLY | {"secretariat": 3},
    HELD: {"public": 8, "secretariat": 10, "expert": 11, "observer": 10, "administrator": 11, "*": 13},
    OPEN: {"public": 8, "focal-point": 12, "national-coordinator": 11, "*": 10},
    HELD + "edit/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "setup/": SECRETARIAT_ONLY | {"secretariat": 15},
    HELD + "record/": SECRETARIAT_ONLY | {"secretariat": 6, "administrator": 7},
    HELD + "step/close-forms/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "step/reopen-forms/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "step/nothing/": SECRETARIAT_ONLY | {"secretariat": "404"},
    HELD + "delegations/BR-MDS/": {
        "public": 9,
        "focal-point": 22,
        "national-coordinator": 21,
        "secretariat": 19,
        "observer": 18,
        "*": 12,
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
    HELD + "delegations/BR-MDS/interests/new/": SECRETARIAT_ONLY | {"focal-point": "404", "secretariat": "404"},
    HELD + "matrix/": {"public": 8, "secretariat": 10, "expert": 11, "observer": 10, "administrator": 11, "*": 13},
    OPEN + "matrix/": SECRETARIAT_ONLY
    | {"focal-point": 12, "national-coordinator": 11, "secretariat": 10, "observer": 10},
    HELD + "matrix/single-registry/": {
        "public": 9,
        "secretariat": 14,
        "expert": 12,
        "observer": 14,
        "administrator": 12,
        "*": 17,
    },
    HELD + "matrix/nothing/": {"*": "404"},
    HELD + "timetable/": {"public": 9, "secretariat": 11, "expert": 12, "observer": 11, "administrator": 12, "*": 14},
    OPEN + "timetable/": SECRETARIAT_ONLY,
    HELD + "timetable/plan/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "timetable/repair/": SECRETARIAT_ONLY | {"secretariat": 4},
    HELD + "timetable/late/": SECRETARIAT_ONLY | {"secretariat": 9},
    HELD + "timetable/late/rooms/1/": SECRETARIAT_ONLY | {"secretariat": 7},
    HELD + "timetable/versions/1/": SECRETARIAT_ONLY
    | {"focal-point": 15, "national-coordinator": 15, "secretariat": 12, "observer": 12},
    HELD + "meetings/1/": {"public": 4, "secretariat": 11, "expert": 9, "observer": 11, "administrator": 7, "*": 14},
    OPEN + "schedules/": SECRETARIAT_ONLY,
    HELD + "schedules/": {"public": 9, "secretariat": 11, "expert": 12, "observer": 11, "administrator": 12, "*": 14},
    HELD + "schedules/calendar.ics": {"public": 5, "focal-point": 9, "national-coordinator": 9, "*": 7},
    HELD + "schedules/delegations/BR-MDS/": {
        "public": 8,
        "secretariat": 10,
        "expert": 11,
        "observer": 10,
        "administrator": 11,
        "*": 13,
    },
    HELD + "schedules/delegations/BR-MDS/calendar.ics": {
        "public": 7,
        "focal-point": 11,
        "national-coordinator": 11,
        "*": 9,
    },
    HELD + "schedules/rooms/1/": {
        "public": 6,
        "secretariat": 8,
        "expert": 9,
        "observer": 8,
        "administrator": 9,
        "*": 11,
    },
    HELD + "schedules/rooms/1/calendar.ics": {"public": 6, "focal-point": 10, "national-coordinator": 10, "*": 8},
    RUNNING: {"public": 8, "focal-point": 17, "national-coordinator": 16, "expert": 11, "administrator": 11, "*": 14},
    RUNNING + "meetings/1/": {
        "public": 5,
        "national-coordinator": 12,
        "expert": 8,
        "observer": 12,
        "administrator": 8,
        "*": 15,
    },
    RUNNING + "meetings/1/forms/BR-MDS/": SECRETARIAT_ONLY | {"focal-point": 15, "secretariat": 12},
    HELD + "meetings/1/forms/BR-MDS/": SECRETARIAT_ONLY | {"focal-point": "404", "secretariat": "404"},
    HELD + "actions/": SECRETARIAT_ONLY
    | {"focal-point": 15, "national-coordinator": 15, "secretariat": 12, "expert": 13, "observer": 12},
    HELD + "actions/1/": SECRETARIAT_ONLY
    | {"focal-point": 13, "national-coordinator": 16, "secretariat": 26, "expert": 14, "observer": 14},
    HELD + "actions/4/review/": SECRETARIAT_ONLY | {"national-coordinator": 19, "expert": 15, "observer": 17},
    HELD + "actions/99/": SECRETARIAT_ONLY
    | {"focal-point": "404", "national-coordinator": "404", "secretariat": "404", "expert": "404", "observer": "404"},
    HELD + "committee/": SECRETARIAT_ONLY
    | {"national-coordinator": 26, "secretariat": 29, "expert": 24, "observer": 24},
    CLOSED: {"public": 8, "secretariat": 10, "expert": 11, "observer": 10, "administrator": 11, "*": 12},
    CLOSED + "actions/": {"public": 10, "secretariat": 12, "expert": 13, "observer": 12, "administrator": 13, "*": 14},
    CLOSED + "actions/1/": {
        "public": 12,
        "secretariat": 30,
        "expert": 33,
        "observer": 33,
        "administrator": 15,
        "*": 16,
    },
    CLOSED + "committee/": SECRETARIAT_ONLY | {"secretariat": 28, "expert": 30, "observer": 30},
    "exchange/criteria/": {"public": 3, "secretariat": 6, "*": 5},
    "exchange/criteria/edit/": SECRETARIAT_ONLY | {"secretariat": "404"},
    "exchange/criteria/step/": {"*": "405"},
    "exchange/rounds/nothing/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
