import pytest

from ayni.common.models import AuditEvent
from ayni.directory.actions.countries import load_countries
from ayni.directory.models import Country

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "countries/": {"public": 4, "*": 6},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.mark.parametrize(
    ("language", "name"), [("es", "Camerún"), ("pt", "Camarões"), ("en", "Cameroon"), ("fr", "Cameroun")]
)
def test_the_countries_in_four_languages(visit, language, name):
    assert name in visit("countries/", "public", language, 4)


def test_a_page_read_again_is_not_made_again_until_the_data_change(client, django_assert_num_queries):
    load_countries(by=None)
    first = client.get("/es/countries/")
    with django_assert_num_queries(1):
        again = client.get("/es/countries/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Country.objects.filter(iso3="BRA").update(name={"es": "?"})
    load_countries(by=None)
    assert AuditEvent.objects.latest("id").object_id == "BRA"
    assert client.get("/es/countries/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_sign_in_page_opens(client):
    assert client.get("/es/accounts/login/").status_code == 200
