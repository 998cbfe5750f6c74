"""The desk, the record and sign-in: who reaches them, and with how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.site import context

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "desk/": {
        "public": "302",
        "focal-point": 46,
        "national-coordinator": 59,
        "secretariat": 26,
        "administrator": 7,
        "*": 9,
    },
    "record/": {"public": "302", "secretariat": 6, "administrator": 6, "*": "403"},
    "record/directory.Country/BRA/": {"public": "302", "secretariat": 5, "administrator": 5, "*": "403"},
    "record/directory.Country/XXX/": {"public": "302", "secretariat": "404", "administrator": "404", "*": "403"},
    "record/auth.Group/1/": {"public": "302", "secretariat": "404", "administrator": "404", "*": "403"},
    "accounts/login/": {"public": 1, "*": "302"},
    "accounts/logout/": {"public": "302", "*": 2},
    "accounts/password/reset/": {"public": 1, "*": 2},
    "accounts/password/reset/done/": {"public": 1, "*": 2},
    "accounts/password/reset/key/1-none/": {"public": 2, "*": 3},
    "accounts/password/reset/key/done/": {"public": 1, "*": 2},
    "accounts/inactive/": {"public": 1, "*": 2},
    "accounts/password/change/": {"public": "302", "*": 2},
    "accounts/profile/": {"public": "302", "*": 2},
    "accounts/2fa/": {"public": "302", "*": 4},
    "accounts/2fa/totp/activate/": {"public": "302", "*": "302"},
    "accounts/signup/": {"*": "404"},
    "accounts/email/": {"*": "404"},
    "people/": {"public": "302", "administrator": 7, "*": "403"},
    "people/add/": {"public": "302", "administrator": 6, "*": "403"},
    "people/1/": {"public": "302", "administrator": 10, "*": 7},
    "people/1/edit/": {"public": "302", "administrator": 5, "*": "403"},
    "people/1/deactivate/": {"public": "302", "administrator": 4, "*": "403"},
    "people/999999/": {"public": "302", "*": "404"},
    "people/1/roles/999999/end/": {"public": "302", "administrator": "404", "*": "403"},
    "institutions/add/": {"public": "302", "secretariat": 8, "*": "403"},
    "institutions/CL-FOSIS/edit/": {"public": "302", "secretariat": 14, "*": "403"},
    "institutions/XX-NONE/edit/": {"public": "302", "secretariat": "404", "*": "403"},
    "institutions/CL-FOSIS/names/add/": {"public": "302", "secretariat": 5, "*": "403"},
    "institutions/CL-FOSIS/successors/add/": {"public": "302", "secretariat": 7, "*": "403"},
    "institutions/CL-FOSIS/memberships/add/": {"public": "302", "secretariat": 7, "*": "403"},
    "countries/CHL/edit/": {"public": "302", "secretariat": 6, "*": "403"},
    "countries/XXX/edit/": {"public": "302", "secretariat": "404", "*": "403"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.mark.counted
@pytest.mark.parametrize(
    ("role", "queries"),
    [("focal-point", 2), ("national-coordinator", 2), ("secretariat", 2), ("administrator", 2), ("expert", 2)],
)
def test_the_number_in_the_menu_costs_at_most_two_queries(as_role, monkeypatch, role, queries):
    """The person's roles, and one count."""

    def cost() -> int:
        client = as_role(role)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/styleguide/").status_code == 200
        return len(captured)

    with_number = cost()
    monkeypatch.setattr(context, "count_tasks", lambda user: 0)
    assert with_number - cost() == queries
