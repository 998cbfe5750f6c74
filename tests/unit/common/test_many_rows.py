"""Rows written without objects stand as those that the model writes, and the database refuses what it refuses of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction

from ayni.common.many_rows import insert, reserved, update
from ayni.interop.models import ReportedActivity, ReportedResult, ReportedSector, ReportedTransaction
from tests.factories.reported import reported, source_file

pytestmark = pytest.mark.django_db
MONEY = ("activity_id", "number", "kind", "on", "value", "currency", "value_on")
TEXTS = ("provider_ref", "provider", "receiver_ref", "receiver", "country", "sector")
STRANGE = 'a\tb\\N "c"\n%s ñ'


def test_rows_of_every_kind_of_column_stand_as_the_model_writes_them():
    one = reported()
    rows = [
        (one.pk, 1, "3", date(2024, 5, 1), Decimal("1000.50"), "USD", None, STRANGE, *[""] * 4, "16010"),
        (one.pk, 2, "2", None, Decimal("-1E+3"), "", date(1, 1, 1), *[""] * 6),
    ]
    insert(ReportedTransaction, (*MONEY, *TEXTS), rows)
    insert(ReportedSector, ("activity", "vocabulary", "code", "share"), [(one.pk, "1", "16010", None)])
    insert(
        ReportedResult,
        ("activity_id", "number", "kind", "titles", "indicators", "periods", "measured"),
        [(one.pk, 1, "1", {"es": STRANGE}, 1, 2, 2)],
    )
    first, second = one.transactions.order_by("number")
    assert (first.on, first.value, first.provider_ref, first.value_on) == (
        date(2024, 5, 1),
        Decimal("1000.50"),
        STRANGE,
        None,
    )
    assert (second.on, second.value, second.value_on) == (None, Decimal(-1000), date(1, 1, 1))
    ReportedTransaction.objects.bulk_create(
        [
            ReportedTransaction(**dict(zip((*MONEY, *TEXTS), (*row[:1], row[1] + 2, *row[2:]), strict=True)))
            for row in rows
        ]
    )
    for number, row in enumerate((first, second), 3):
        like = one.transactions.filter(
            **{name: getattr(row, name) for name in (*MONEY[2:], *TEXTS) if getattr(row, name) is not None}
        )
        assert sorted(like.values_list("number", flat=True)) == [number - 2, number]
    assert one.results.get().titles == {"es": STRANGE} and one.sectors.get().share is None


def test_rows_are_overwritten_by_their_number():
    one, other = reported(identifier="A"), reported(identifier="B")
    moment = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    update(ReportedActivity, ("titles", "updated_at"), [({"es": STRANGE}, moment, one.pk)])
    one.refresh_from_db()
    assert (one.titles, one.updated_at) == ({"es": STRANGE}, moment)
    other.refresh_from_db()
    assert other.titles != one.titles


def test_reserved_numbers_are_nobody_elses():
    file, one = source_file(), reported(identifier="A")
    numbers = list(reserved(ReportedActivity, 3))
    assert len({*numbers, one.pk}) == 4
    names = (
        "id",
        "publisher",
        "identifier",
        "content",
        "digest",
        "first_file_id",
        "last_file_id",
        "number",
        "changed_at",
    )
    rest = ("publisher_name", "titles", "descriptions", "status", "amounts", "words")
    insert(
        ReportedActivity,
        (*names, *rest),
        [
            (number, "X", str(number), "{}", "a" * 64, file.pk, file.pk, 1, file.started_at, "", {}, {}, "", {}, "")
            for number in numbers
        ],
    )
    assert reported(identifier="B").pk not in numbers
    assert not {*reserved(ReportedActivity, 2)} & {*ReportedActivity.objects.values_list("pk", flat=True)}


def test_no_rows_are_no_statement_and_numbers_begin_at_one():
    before = ReportedSector.objects.count()
    insert(ReportedSector, ("activity", "code"), [])
    update(ReportedSector, ("code",), [])
    assert list(reserved(ReportedSector, 0)) == [] and ReportedSector.objects.count() == before
    assert min(reserved(ReportedSector, 1)) >= 1


@pytest.mark.parametrize("code", ["16010", ""])
def test_what_a_constraint_refuses_is_refused_whole(code):
    one = reported()
    rows = [(one.pk, "1", "16010", None), (one.pk, "1", code, None)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(ReportedSector, ("activity_id", "vocabulary", "code", "share"), rows)
    assert not one.sectors.exists()


def test_a_field_that_is_not_there_is_named():
    with pytest.raises(FieldDoesNotExist, match="colour"):
        insert(ReportedSector, ("activity", "colour"), [(1, "red")])
    with pytest.raises(FieldDoesNotExist, match="colour"):
        update(ReportedSector, ("colour",), [("red", 1)])


def test_half_a_character_is_refused():
    one = reported()
    with pytest.raises(UnicodeEncodeError), transaction.atomic():
        insert(ReportedSector, ("activity", "vocabulary", "code", "share"), [(one.pk, "1", "\ud800", None)])
