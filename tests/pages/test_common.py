import pytest

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "styleguide/": {"public": "302", "*": 2},
    "no-such-page/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.mark.parametrize("address", ["/nothing.txt", "/xx/countries/", "/es/a/b?c=/d"])
def test_an_address_of_no_page_is_told_so_in_every_language(client, address):
    page = client.get(address, follow=True)
    assert page.status_code == 404
    assert 'hreflang="fr" href="/fr/' in page.content.decode()
