import pytest
from django.db import DatabaseError, transaction

from ayni.common.models import AuditEvent
from ayni.directory.actions.countries import load_countries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="forged"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_the_record(change):
    load_countries(by=None)
    before = AuditEvent.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(AuditEvent.objects.all())
    assert AuditEvent.objects.filter(verb="country loaded").count() == before
