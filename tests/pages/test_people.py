"""The desk, the record and sign-in: who reaches them, and with how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.site import context

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "desk/": {
        "public": "302",
        "focal-point": 9,
        "national-coordinator": 6,
        "secretariat": 12,
        "expert": 5,
        "observer": 4,
        "administrator": 7,
    },
    "record/": {"public": "302", "secretariat": 6, "administrator": 6, "*": "403"},
    "record/directory.Country/BRA/": {"public": "302", "secretariat": 5, "administrator": 5, "*": "403"},
    "record/directory.Country/XXX/": {"public": "302", "secretariat": "404", "administrator": "404", "*": "403"},
    "record/auth.Group/1/": {"public": "302", "secretariat": "404", "administrator": "404", "*": "403"},
    "accounts/login/": {"public": 1, "*": "302"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.mark.counted
@pytest.mark.parametrize(
    ("role", "queries"),
    [("focal-point", 2), ("national-coordinator", 2), ("secretariat", 2), ("administrator", 2), ("expert", 1)],
)
def test_the_number_in_the_menu_costs_at_most_two_queries(as_role, monkeypatch, role, queries):
    """The person's roles, and one count; nothing more for whom nothing can wait."""

    def cost() -> int:
        client = as_role(role)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/styleguide/").status_code == 200
        return len(captured)

    with_number = cost()
    monkeypatch.setattr(context, "count_tasks", lambda user: 0)
    assert with_number - cost() == queries
