"""Sentences about a pair are true of the values, whichever way the weights point."""

import numpy as np
import pytest
from django.utils.translation import override

from ayni.interop.models import RecordPair
from ayni.interop.queries.linkage_records import shipped
from ayni.interop.queries.linkage_sentences import SENTENCES
from ayni.interop.queries.linkage_words import evidence_of, sentence_of
from ayni.methods.linkage.features import FEATURES

SAID = {
    ("words", 0.0): "The titles share no word.",
    ("words", 0.2): "The titles share only 20% of their words.",
    ("words", 0.998): "The titles share 99% of their words.",
    ("words", 1.0): "The titles share all their words.",
    ("meaning", -0.2): "The titles mean different things (0%).",
    ("meaning", 0.45): "The titles are related in meaning (45%).",
    ("meaning", 1.0): "The titles mean much the same (100%).",
    ("text", 0.3): "The descriptions are related in meaning (30%).",
    ("spelling", 0.4): "The titles are spelt differently (40%).",
    ("spelling", 0.7): "The titles are spelt partly alike (70%).",
    ("spelling", 1.0): "The titles are spelt the same.",
    ("parallel", 0.2): "Such words meet more often in two titles of the same thing than in others.",
    ("parallel", -1.0): "Such words meet no more often in two titles of the same thing than in others.",
    ("likewise", 0.2): "Such words meet more often in two descriptions of the same thing than in others.",
    ("likewise", 0.0): "Such words meet no more often in two descriptions of the same thing than in others.",
    ("untold", 0.0): "One title says all that the other says.",
    ("untold", 0.1): "One title says nearly all that the other says: only 10% is missing.",
    ("untold", 0.4): "Each title says something that the other does not: at least 40% of it.",
    ("more", 0.0): "Neither title says anything that the other does not.",
    ("more", 0.1): "Neither title says much more than the other: 10% at most.",
    ("more", 0.6): "One title says much that the other does not: 60% of it.",
    ("countries", 0.0): "They have no country in common.",
    ("countries", 0.3333): "They have only 33% of their countries in common.",
    ("countries", 0.5): "They have 50% of their countries in common.",
    ("countries", 1.0): "Their countries are the same.",
    ("sector", 0.0): "They are of different sectors.",
    ("sector", 0.5): "Their sectors are not the same, but of the same group.",
    ("sector", 1.0): "They have a sector in common.",
    ("numbers", 0.5): "Only one of the titles bears a number.",
    ("names", 0.0): "The titles bear different names, of a place or a programme.",
    ("names", 0.5): "Only one of the titles bears a name, of a place or a programme.",
    ("names", 1.0): "The titles have a name in common, of a place or a programme.",
    ("figures", 0.0): "They name different figures.",
    ("start", 0.0): "They begin in the same year.",
    ("start", 1.0): "They begin one year apart.",
    ("start", 4.0): "They begin 4 years apart.",
    ("start", 5.0): "They begin 5 years apart or more.",
    ("end", 5.0): "They end 5 years apart or more.",
    ("money", 0.05): "The amounts are the same, or nearly.",
    ("money", 0.6): "The larger amount is 1.5 times the smaller.",
    ("money", 4.0): "The larger amount is 16 times the smaller.",
    ("money", 5.0): "The larger amount is 32 times the smaller, or more.",
    ("rival", 0.05): "No other record comes near to either.",
    ("rival", 0.4): "Another record comes somewhat near to one of them.",
    ("rival", 3.0): "Another record comes near to one of them too.",
}


@pytest.mark.parametrize(("name", "value"), SAID)
def test_a_value_says(name, value):
    with override("en"):
        assert sentence_of(name, value) == SAID[name, value]


def test_every_feature_has_a_sentence_for_every_value():
    assert set(SENTENCES) == set(FEATURES)
    for language in ("en", "es", "pt", "fr"):
        with override(language):
            assert all(sentence_of(name, x) for name in FEATURES for x in np.linspace(-5, 31, 200).tolist())


def test_the_sign_says_for_or_against_and_never_changes_the_sentence():
    found = {name: value for name, value in SAID if name != "rival"} | {"rival": 0.4}
    for sign, weight in (("for", 1.0), ("against", -1.0)):
        with override("en"):
            told = evidence_of(RecordPair(features=found, evidence=dict.fromkeys(found, weight)))
        assert {one.sign for one in told} == {sign}
        assert {one.sentence for one in told} == {SAID[name, value] for name, value in found.items()}


def test_two_records_of_the_same_title_are_told_what_they_share_though_it_weighs_against():
    same = dict.fromkeys(("words", "meaning", "spelling", "names", "numbers"), 1.0) | {"untold": 0.0, "more": 0.0}
    row = np.array([[same.get(name, np.nan) for name in FEATURES]], dtype=np.float32)
    evidence = shipped("last_look").evidence(row)[0]
    with override("en"):
        told = evidence_of(RecordPair(features=same, evidence=evidence))
    against = {one.sentence for one in told if one.sign == "against"}
    assert "The titles share all their words." in against
    assert "The titles have a name in common, of a place or a programme." in against
