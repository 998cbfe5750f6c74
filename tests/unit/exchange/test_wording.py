"""Wording in four languages: alike is found, other is not; off, words alone are looked at."""

import csv
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from ayni.exchange.queries import wording

TOPICS = Path(__file__).resolve().parents[3] / "data/vocabularies/topics.csv"
LANGUAGES = ("es", "pt", "en", "fr")
OFFERS = [
    "Registro único de beneficiarios y su interoperabilidad",
    "Formation des gestionnaires de programmes de transferts",
    "Community kitchens for older people in rural areas",
    "",
]


@pytest.fixture
def on(settings):
    settings.WORDING = True


def test_topics_find_each_other_in_other_languages(on):
    rows = list(csv.DictReader(TOPICS.read_text(encoding="utf-8").splitlines()))
    labels = {language: [row[f"label_{language}"] for row in rows] for language in LANGUAGES}
    found = [
        wording.similar(labels[one], labels[other]).argmax(axis=1) == np.arange(len(rows))
        for one, other in permutations(LANGUAGES, 2)
    ]
    assert np.mean(found) >= 0.95


def test_likeness_lies_between_nothing_and_the_same(on):
    found = wording.similar(OFFERS, OFFERS)
    assert found.shape == (4, 4) and found.min() >= 0 and found.max() <= 1
    assert np.allclose(found, found.T)
    # The last has no word: it is like nothing, not even itself.
    assert np.allclose(np.diag(found), [1, 1, 1, 0]) and not found[3].any()
    assert wording.similar([], OFFERS).shape == (0, 4) and wording.similar(OFFERS, []).shape == (4, 0)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cadastro único e interoperabilidade de sistemas", "0"),
        ("single beneficiary registry", "0"),
        ("capacitación de quienes gestionan transferencias", "1"),
        ("comedores comunitarios para personas mayores", "2"),
    ],
)
def test_what_means_the_same_is_the_nearest_in_any_language(on, query, first):
    found = wording.likeness(query, {str(place): text for place, text in enumerate(OFFERS)})
    assert max(found, key=found.__getitem__) == first and all(0 <= value <= 1 for value in found.values())


def test_off_nothing_is_known_and_nothing_is_loaded(settings, monkeypatch):
    settings.WORDING = False
    monkeypatch.setattr(wording, "_encoder", lambda: pytest.fail("the encoder is off"))
    assert wording.similar(OFFERS, OFFERS) is None
    assert wording.likeness("single beneficiary registry", {"0": OFFERS[0]}) == {}


def test_a_text_is_read_once(on, monkeypatch):
    read: list[str] = []
    real = wording._encoded
    monkeypatch.setattr(wording, "_encoded", lambda texts: read.extend(texts) or real(texts))
    monkeypatch.setattr(wording, "_VECTORS", wording._Vectors())
    monkeypatch.setattr(wording, "KEPT", 3)
    first = wording.similar(["pensión", "registro"], ["pension"])
    assert np.array_equal(first, wording.similar(["pensión", "registro"], ["pension"]))
    assert sorted(read) == ["pension", "pensión", "registro"]
    # The one that was wanted longest ago makes room; what is asked for at once is answered whatever its number.
    wording.similar(["cuidados"], ["registro", "registro"])
    read.clear()
    wording.similar(["pension"], ["pensión"])
    assert read == ["pensión"]
    assert wording.similar(list("abcdef"), ["pension"]).shape == (6, 1)


def test_threads_get_the_same(on):
    texts = [f"{offer} {number}" for offer in OFFERS[:3] for number in range(6)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _turn: wording.similar(texts, OFFERS), range(8)))
    assert all(np.array_equal(one, found[0]) for one in found)
