"""Rounds and the secretariat's side of them."""

import pytest

pytestmark = pytest.mark.django_db

SECRETARIAT_ONLY = {"public": "302", "*": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    "rounds/": {"public": 2, "*": 4},
    "rounds/new/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/": {"public": 4, "expert": 6, "administrator": 6, "*": 14},
    "rounds/oas-2010/edit/": SECRETARIAT_ONLY | {"secretariat": 6},
    "rounds/oas-2010/open/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/close/": SECRETARIAT_ONLY | {"secretariat": 4},
    "rounds/oas-2010/extend/": SECRETARIAT_ONLY | {"secretariat": 4},
    "rounds/oas-2010/reopen/": SECRETARIAT_ONLY | {"secretariat": 4},
    "rounds/oas-2010/invite/": SECRETARIAT_ONLY | {"secretariat": 9},
    "rounds/oas-2010/invite/BR-MDS/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/invite/BR-MDS/withdraw/": SECRETARIAT_ONLY | {"secretariat": 5},
    "rounds/oas-2010/invite/list/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/oas-2010/remind/": SECRETARIAT_ONLY | {"secretariat": "405"},
    "rounds/nothing/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
