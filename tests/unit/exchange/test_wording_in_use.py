"""The exchange with wording on and off: scores, what a match keeps, and the lists' search."""

import pytest

from ayni.exchange.actions.matching import suggest_match
from ayni.exchange.models import Demand, Offer
from ayni.exchange.queries.lists import filtered
from ayni.exchange.queries.ranking import kept, match_of, rules_in_force, shown, weights_of
from tests.factories.exchange import demand, offer, without_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Demand:
    """Brazil asks in Portuguese; Chile means the same in Spanish, Colombia something else, both tagged otherwise."""
    without_exchange()
    offer(
        "CL-FOSIS",
        title={"es": "Registro único de beneficiarios integrado con otros sistemas"},
        text={"es": "Un solo registro de beneficiarios de todos los programas."},
        topics=["policy-design"],
    )
    offer("CO-ACCION-SOCIAL", title={"es": "Comedores"}, text={"es": "Cocinas de barrio."}, topics=["policy-design"])
    return demand(
        "BR-MDS",
        title={"pt": "Cadastro único de beneficiários integrado a outros sistemas"},
        problem={"pt": "Cada programa tem o seu próprio cadastro de beneficiários."},
        objective={"pt": ""},
    )


def topic_of(asked: Demand, title: str):
    match, _kept, _reasons = match_of(
        asked, Offer.objects.get(title__es__startswith=title), weights_of(rules_in_force())
    )
    return match.criteria[0]


def test_what_is_written_alike_in_two_languages_comes_first(asked, settings):
    settings.WORDING = True
    chile, colombia = topic_of(asked, "Registro"), topic_of(asked, "Comedores")
    assert chile.worded and 0.2 < chile.least <= 0.5
    assert colombia.least < 0.1
    first = shown(asked, weights_of(rules_in_force())).ranked[0]
    assert first.offer.title["es"].startswith("Registro")
    settings.WORDING = False
    assert (topic_of(asked, "Registro").worded, topic_of(asked, "Registro").least) == (False, 0.0)


def test_a_match_keeps_that_it_rests_on_the_wording(asked, settings, person):
    settings.WORDING = True
    made = suggest_match(by=person("secretariat"), demand=asked, offer=Offer.objects.get(title__es__startswith="Reg"))
    assert made.explanation[0]["worded"]
    settings.WORDING = False
    why = kept(made.explanation)[0]
    assert "50" in why.sentence or "%" in why.sentence
    assert why.sentence != kept([{**made.explanation[0], "worded": False}])[0].sentence
    # What was kept before wording counted says nothing of it.
    old = {name: value for name, value in made.explanation[0].items() if name != "worded"}
    assert kept([old])[0].sentence == kept([{**old, "worded": False}])[0].sentence


def test_a_list_is_searched_across_languages(asked, settings):
    settings.WORDING = True
    query = "cadastro de beneficiários"
    assert [one.title["es"][:8] for one in filtered(Offer.objects.all(), text=query)] == ["Registro"]
    settings.WORDING = False
    assert not filtered(Offer.objects.all(), text=query)
    assert filtered(Offer.objects.all(), text="unico REGISTRO").count() == 1
