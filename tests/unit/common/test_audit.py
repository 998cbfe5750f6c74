import pytest
from django.db import DatabaseError, transaction

from ayni.common.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="forged"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_the_record(change):
    before = AuditEvent.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(AuditEvent.objects.all())
    assert AuditEvent.objects.exclude(verb="forged").count() == before > 0
