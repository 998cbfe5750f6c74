"""The version of the data that published pages are kept for, over connections of their own."""

from threading import Event, Thread

from django.db import connection, transaction

from ayni.common.audit import data_version, record
from ayni.directory.models import Country


def test_public_changes_become_visible_in_the_order_of_their_numbers(demonstration):
    """Who read the version while one change was under way learns of it when it is there."""
    country, other = Country.objects.get(pk="BRA"), Country.objects.get(pk="CHL")
    overtaking = Event()

    def overtake() -> None:
        with transaction.atomic():
            record(by=None, verb="country loaded", on=other)
        overtaking.set()
        connection.close()

    with transaction.atomic():
        record(by=None, verb="country loaded", on=country)
        thread = Thread(target=overtake)
        thread.start()
        overtaking.wait(timeout=0.5)
        seen = in_another_connection(data_version)
    assert in_another_connection(data_version) != seen
    thread.join()


def in_another_connection(read):
    found = []

    def run() -> None:
        found.append(read())
        connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return found[0]
