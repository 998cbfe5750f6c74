"""Rounds and the secretariat's side of them."""

import pytest

pytestmark = pytest.mark.django_db

SECRETARIAT_ONLY = {"public": "302", "*": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    "rounds/": {"public": 2, "*": 4},
    "rounds/new/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/": {"public": 6, "expert": 8, "administrator": 8, "secretariat": 17, "*": 15},
    "rounds/oas-2010/edit/": SECRETARIAT_ONLY | {"secretariat": 6},
    "rounds/oas-2010/open/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/close/": SECRETARIAT_ONLY | {"secretariat": 4},
    "rounds/oas-2010/extend/": SECRETARIAT_ONLY | {"secretariat": 4},
    "rounds/oas-2010/reopen/": SECRETARIAT_ONLY | {"secretariat": 4},
    "rounds/oas-2010/invite/": SECRETARIAT_ONLY | {"secretariat": 9},
    "rounds/oas-2010/invite/BR-MDS/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/invite/BR-MDS/withdraw/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/invite/list/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/oas-2010/letters/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/oas-2010/remind/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/oas-2010/codings/": {"public": "302", "secretariat": 7, "observer": 7, "*": "403"},
    "rounds/red-2026/codings/": {"public": "302", "secretariat": 10, "observer": 10, "*": "403"},
    "rounds/red-2026/codings/?scheme=obstacles&people=on": {
        "public": "302",
        "secretariat": 10,
        "observer": 10,
        "*": "403",
    },
    "rounds/red-2026/": {"public": 4, "expert": 6, "administrator": 6, "secretariat": 16, "*": 15},
    "rounds/red-2026/?state=owing&country=COL&text=apc": {
        "public": 4,
        "expert": 6,
        "administrator": 6,
        "secretariat": 17,
        "observer": 16,
        "*": 15,
    },
    "rounds/red-2026/invite/?q=chile": SECRETARIAT_ONLY | {"secretariat": 9},
    "rounds/red-2026/responses/CL-MDSF/review/": SECRETARIAT_ONLY | {"secretariat": 16},
    "rounds/red-2026/responses/CR-IMAS/code/": SECRETARIAT_ONLY | {"secretariat": 11},
    "rounds/red-2026/responses/BR-ABC/code/": SECRETARIAT_ONLY | {"secretariat": "404"},
    "rounds/red-2026/responses/CR-IMAS/code/send/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/red-2026/responses/CR-IMAS/code/1/undo/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/red-2026/editions/": {"public": "302", "secretariat": 6, "observer": 6, "*": "403"},
    "rounds/red-2026/editions/new/": SECRETARIAT_ONLY | {"secretariat": 6},
    "rounds/red-2026/editions/red-2026/": {"public": "302", "secretariat": 30, "observer": 30, "*": "403"},
    "rounds/oas-2010/editions/oas-2010/": {"public": "302", "secretariat": 5, "observer": 5, "*": "403"},
    "rounds/oas-2010/editions/oas-2010/?verify=1": {"public": "302", "secretariat": 24, "observer": 24, "*": "403"},
    "rounds/red-2026/editions/red-2026/step/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/nothing/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
