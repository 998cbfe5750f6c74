"""Every page, in each language and as each role.

A module `test_<area>.py` declares `PAGES`, {path without language: {role: what to expect}}, and

    def test_each_page(visit, path, role, language, expect):
        visit(path, role, language, expect)

`expect` is the number of queries of a page that opens, or "302", "403", "404". The role "*" stands for those that are
not named. The hook below makes a test for each path and role in one of the languages, in turn; with --every-language (which
`./ayni test` gives) the first role for which a page opens visits it in all of them.

Queries are counted for a page computed afresh, by a process that is warm: neither PublishedPages' memory nor a first
reading of an edition counts, and nothing is drawn yet. Each visit of the public therefore uses a client (and a memory) of
its own. The number in the account's menu, the same on every page, does not count either: `test_people.py` holds it to two
queries.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils.translation import override

from ayni.site import context
from ayni.surveys.actions.demonstration import PEOPLE
from ayni.surveys.models import DiagnosisEdition
from tests.pages.reading import Page

ROLES = ("public", *(role for role, *_rest in PEOPLE))
LANGUAGES = ("es", "pt", "en", "fr")
ARGUMENTS = {"path", "role", "language", "expect"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if ARGUMENTS <= set(metafunc.fixturenames):
        whole = metafunc.config.getoption("every_language")
        cases = [
            pytest.param(
                path,
                role,
                language,
                expect,
                id=f"{path or 'home'}-{role}-{language}",
                # The same code writes the other languages: it is measured once.
                marks=[] if language == LANGUAGES[turn % len(LANGUAGES)] else [pytest.mark.no_cover],
            )
            for number, (path, roles) in enumerate(metafunc.module.PAGES.items())
            for turn, (role, expect) in enumerate(every_role(roles), number)
            for language in (LANGUAGES if whole and role == _first(roles) else [LANGUAGES[turn % len(LANGUAGES)]])
        ]
        metafunc.parametrize(("path", "role", "language", "expect"), cases)


def _first(roles: dict[str, int | str]) -> str:
    """The first role for which a page opens, or none."""
    return next((role for role, expect in every_role(roles) if isinstance(expect, int)), "")


def every_role(roles: dict[str, int | str]) -> Iterator[tuple[str, int | str]]:
    """What to expect for each role. Raises KeyError for one that is not told."""
    for role in ROLES:
        yield role, roles[role] if role in roles else roles["*"]


@pytest.fixture(autouse=True)
def menu_without_number(request, monkeypatch):
    """Pages are counted without the number of waiting tasks, unless a test is about just that."""
    if "counted" not in request.keywords:
        monkeypatch.setattr(context, "count_tasks", lambda user: 0)


@pytest.fixture
def visit(as_role) -> Callable[[str, str, str, int | str], str]:
    """Open a page and hold it to what every page promises; returns its text ("" unless it opened)."""

    def opened(path: str, role: str, language: str, expect: int | str) -> str:
        address = f"/{language}/{path}"
        with CaptureQueriesContext(connection) as queries:
            response = _answer(as_role, role, address, queries)
        if isinstance(expect, str):
            assert str(response.status_code) == expect, address
            return ""
        assert response.status_code == 200, f"{address}: {response.status_code}"
        if len(queries) != expect:
            with CaptureQueriesContext(connection) as queries:
                response = _answer(as_role, role, address, queries)
        told = "\n".join(query["sql"][:300] for query in queries.captured_queries)
        assert len(queries) == expect, f"{address} as {role}: {len(queries)} queries instead of {expect}\n{told}"
        text = (
            response.getvalue().decode(errors="replace") if response.streaming else response.content.decode("latin-1")
        )
        if response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            check_page(text, address, language)
        return text

    return opened


def _answer(as_role: Callable[[str], Client], role: str, address: str, queries: CaptureQueriesContext):
    caches["process"].clear()
    client = as_role(role)
    # Signing in is no part of the page.
    queries.initial_queries = len(connection.queries_log)
    return client.get(address)


def check_page(text: str, address: str, language: str) -> None:
    """One title, one heading, its language and the way to the others, nothing left over, no link that leads nowhere."""
    page = Page(text)
    assert not page.forbidden, f"{address}: blocked by the content security policy: {page.forbidden}"
    assert not page.leftovers, f"{address}: left over: {page.leftovers}"
    repeated = {name for name in page.ids if page.ids.count(name) > 1}
    assert not repeated, f"{address}: id more than once: {repeated}"
    nowhere = [link for link in page.links if not _leads_somewhere(link, page)]
    assert not nowhere, f"{address}: links to nowhere: {nowhere}"
    if "<html" not in text:  # a part of a page, for htmx
        return
    assert page.lang == language, address
    assert page.title and not page.title.startswith("·"), f"{address}: no title"
    assert len(page.headings) == 1 and page.headings[0].strip(), f"{address}: headings {page.headings}"
    assert set(page.alternates) == set(LANGUAGES), f"{address}: languages {page.alternates}"


def _leads_somewhere(link: str, page: Page) -> bool:
    parts = urlsplit(link)
    if link.startswith("#"):
        return link == "#" or link[1:] in page.ids
    if parts.scheme or not parts.path.startswith("/") or parts.path.startswith(settings.STATIC_URL):
        return bool(link)
    if parts.path == "/":  # sends each reader to a language
        return True
    with override(parts.path.split("/")[1]):
        try:
            resolve(parts.path)
        except Resolver404:
            return False
    return True


@pytest.fixture
def without_editions(db):
    """The database as it is before anything was published."""
    DiagnosisEdition.objects.filter(previous__isnull=False).delete()
    DiagnosisEdition.objects.all().delete()
