import pytest
from django.core.exceptions import PermissionDenied

from ayni.common.errors import Refused
from ayni.directory.actions.concepts import add_concept, change_concept, remove_concept
from ayni.directory.actions.vocabulary_versions import create_vocabulary, draft_version, put_in_force
from ayni.directory.models import Concept, ConceptScheme, Institution
from ayni.directory.queries.vocabularies import rows_of
from ayni.directory.queries.vocabulary_rows import ConceptRow, fingerprint

pytestmark = pytest.mark.django_db


def row(code: str, broader: str = "") -> ConceptRow:
    return ConceptRow(code, {"es": code}, broader=broader)


@pytest.fixture
def scheme(person):
    return create_vocabulary(by=person("secretariat"), code="colours", title={"es": "Colores"})


def test_a_term_in_use_is_kept_by_the_database_and_the_refusal_says_so(scheme):
    red = add_concept(by=None, scheme=scheme, row=row("red"))
    Institution.objects.filter(code="BR-MDS").update(kind=red)
    with pytest.raises(Refused, match="red"):
        remove_concept(by=None, concept=red)
    assert Concept.objects.filter(pk=red.pk).exists()
    Institution.objects.filter(code="BR-MDS").update(kind=None)
    remove_concept(by=None, concept=red)
    assert not Concept.objects.filter(pk=red.pk).exists()


def test_a_term_never_stands_below_itself(scheme):
    one = add_concept(by=None, scheme=scheme, row=row("one"))
    add_concept(by=None, scheme=scheme, row=row("two", "one"))
    with pytest.raises(Refused):
        change_concept(by=None, concept=one, row=row("one", "two"), seen=fingerprint(ConceptRow.of(one)))
    with pytest.raises(Refused):
        add_concept(by=None, scheme=scheme, row=row("three", "nowhere"))


def test_a_draft_is_a_whole_copy_and_there_is_one_at_a_time(person):
    by = person("secretariat")
    current = ConceptScheme.objects.get(code="obstacles")
    draft = draft_version(by=by, code="obstacles")
    assert rows_of(draft) == rows_of(current)
    with pytest.raises(Refused):
        draft_version(by=by, code="obstacles")
    put_in_force(by=by, scheme=draft)
    with pytest.raises(Refused):
        add_concept(by=by, scheme=current, row=row("more"))
    with pytest.raises(PermissionDenied):
        draft_version(by=person("observer"), code="topics")
