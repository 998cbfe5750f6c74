"""Who still owes what, for whom, and in a fixed number of queries."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ayni.surveys.models import Round
from ayni.surveys.queries import rounds as queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def demo() -> Round:
    return Round.objects.get(code="red-2026")


def listed(round_: Round, **asked) -> list[queries.Row]:
    found = queries.filtered(round_.responses.all(), **asked)
    return queries.rows(round_, queries.with_last_activity(queries.with_names(found)))


def codes(found: list[queries.Row]) -> list[str]:
    return [row.response.institution.code for row in found]


def test_the_demonstration_has_a_response_in_every_state(demo):
    assert queries.progress(demo.responses.all()) == queries.Progress(
        total=11,
        not_started=1,
        answering=2,
        returned=1,
        submitted=1,
        accepted=1,
        proposed=1,
        contested=1,
        validated=3,
        conflicts=1,
    )


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"state": "not-started"}, ["BB-MPEA"]),
        ({"state": "draft"}, ["BR-MDS", "PY-MDS"]),
        ({"state": "owing"}, ["BB-MPEA", "BR-MDS", "CO-APC", "PY-MDS"]),
        ({"state": "returned"}, ["CO-APC"]),
        ({"state": "submitted"}, ["CL-MDSF"]),
        ({"state": "accepted"}, ["MX-BIENESTAR"]),
        ({"state": "proposed"}, ["UY-MIDES"]),
        ({"state": "contested"}, ["CR-IMAS"]),
        ({"state": "validated"}, ["CL-FOSIS", "CO-DPS", "PE-MIDIS"]),
        ({"state": "conflicts"}, ["BR-MDS"]),
        ({"country": "CHL"}, ["CL-FOSIS", "CL-MDSF"]),
        ({"text": "prosperidad"}, ["CO-DPS"]),
        ({"text": "Bien-être"}, ["MX-BIENESTAR"]),
        ({"text": "mds", "state": "owing"}, ["BR-MDS", "PY-MDS"]),
        ({"text": "nobody"}, []),
    ],
)
def test_the_list_is_filtered(demo, asked, wanted):
    assert codes(listed(demo, **asked)) == wanted


def test_a_row_says_what_is_missing(demo):
    row = next(row for row in listed(demo) if row.response.institution.code == "BR-MDS")
    # Required and not answered: whether there is monitoring.
    assert (row.missing, row.conflicts, row.owes, row.state) == (1, 1, True, "draft")
    assert 0 < row.share < 1 and row.last_activity is not None
    fresh = next(row for row in listed(demo) if row.response.institution.code == "BB-MPEA")
    assert (fresh.share, fresh.begun, fresh.last_activity) == (0, False, None)
    done = next(row for row in listed(demo) if row.response.institution.code == "CL-FOSIS")
    assert (done.missing, done.owes) == (0, False)


def test_the_number_of_queries_does_not_grow_with_the_list(demo, django_assert_num_queries):
    found = queries.with_last_activity(queries.with_names(queries.filtered(demo.responses.all())))
    for number in (1, 11):
        with django_assert_num_queries(7):
            queries.rows(demo, found[:number])


@pytest.mark.parametrize(
    ("role", "wanted"),
    [
        ("secretariat", 11),
        ("observer", 11),
        ("national-coordinator", 2),  # Chile's
        ("focal-point", 1),
        ("expert", 0),
        ("administrator", 0),
    ],
)
def test_each_follows_the_own_scope(person, demo, role, wanted):
    assert queries.visible_responses(person(role), demo).count() == wanted


def test_nobody_follows_as_the_public_and_drafts_are_unseen(demo, person):
    assert not queries.visible_responses(AnonymousUser(), demo).exists()
    Round.objects.filter(pk=demo.pk).update(status="draft")
    assert demo not in queries.visible_rounds(AnonymousUser())
    assert demo not in queries.visible_rounds(person("focal-point"))
    assert demo in queries.visible_rounds(person("observer"))
