import pytest

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "styleguide/": {"public": "302", "*": 2},
    "no-such-page/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
