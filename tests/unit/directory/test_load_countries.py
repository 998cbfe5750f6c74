import pytest

from ayni.common.models import AuditEvent
from ayni.directory.actions.countries import load_countries
from ayni.directory.models import Country

pytestmark = pytest.mark.django_db


def test_every_country_has_its_name_in_four_languages():
    assert Country.objects.count() == 249
    assert Country.objects.get(iso3="CMR").name == {
        "es": "Camerún",
        "pt": "Camarões",
        "en": "Cameroon",
        "fr": "Cameroun",
    }
    assert all(set(country.name) == {"es", "pt", "en", "fr"} for country in Country.objects.all())


def test_loading_again_changes_nothing():
    load_countries(by=None)
    events = AuditEvent.objects.count()
    assert load_countries(by=None) == 0
    assert AuditEvent.objects.count() == events


def test_a_name_changed_by_hand_is_mended_and_recorded():
    load_countries(by=None)
    Country.objects.filter(iso3="BRA").update(name={"es": "?"})
    assert load_countries(by=None) == 1
    assert AuditEvent.objects.latest("id").before == {"name": {"es": "?"}}
