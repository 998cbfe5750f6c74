"""The words of titles and texts in any language, as concepts: words of one meaning, or of one beginning, count as one.

See docs/methods/linkage.md.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
# One row of length 1 (or 0) for each word, whatever its language.
Meanings = Callable[[Sequence[str]], Floats]
WORD = re.compile(r"[^\W\d_]+")
ACCENT = re.compile("[\u0300-\u036f]")
NUMBER = re.compile(r"\b(?:\d+|i{1,3}|iv|vi{0,3}|ix|x)\b")
FIGURE = re.compile(r"\d{3,}")
# Of thousands, in any of the languages.
SEPARATOR = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}\b)")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
# They say how a sentence is built, not what it is about.
STOP = frozenset(
    "a al ao aos as con com da das de del do dos e el em en for from in la las le les los na nas no nos o of on os para "
    "por sobre su sus the their to un una um uma und y des du et pour dans sur au aux with by and or que se".split()
)
# Words of at least so many letters are mended; those met at least so often are known words, of which the most frequent are kept.
MENDED, KNOWN, KEPT = 5, 3, 4_000
# Two words at least so near are of one meaning (the encoder's cosine); without an encoder so many letters of a beginning are compared.
NEAR, BEGINNING = 0.7, 5


def fold(text: str) -> str:
    """Small letters without accents."""
    small = text.casefold()
    return small if small.isascii() else ACCENT.sub("", unicodedata.normalize("NFKD", small))


def words_of(text: str) -> list[str]:
    """The words of a folded text that say what it is about, in its order."""
    return [word for word in WORD.findall(text) if len(word) > 1 and word not in STOP]


def numbers_of(text: str) -> frozenset[int]:
    """The numbers of a folded text, Roman ones among them: the phase of a project, mostly."""
    return frozenset(ROMAN.get(one) or int(one[:9]) for one in NUMBER.findall(text))


def figures_of(text: str) -> frozenset[int]:
    """The numbers of three digits or more that are no years: people reached, contracts, amounts."""
    found = {int(one[:12]) for one in FIGURE.findall(SEPARATOR.sub("", text))}
    return frozenset(one for one in found if not 1900 <= one <= 2100)


def names_of(text: str) -> list[str]:
    """The folded words that begin with a capital letter inside a title: places and programmes, which no language translates.

    None of a title that writes most of its words so: there capitals say nothing.
    """
    words = WORD.findall(text)
    later = [word for word in words[1:] if len(word) > 2]
    found = [word for word in later if word[0].isupper() and not word.isupper()]
    return [fold(word) for word in found] if len(found) * 2 <= len(words) else []


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`concepts` gives each word its concept's number, `leads` the word that stands for each concept.

    `vectors` has a row for each word number of `numbers` (None without an encoder).
    """

    numbers: Mapping[str, int]
    concepts: Sequence[int]
    leads: Sequence[str]
    vectors: Floats | None


def vocabulary(texts: Iterable[Sequence[str]], meanings: Meanings | None = None) -> Vocabulary:
    """The vocabulary of these texts (each its words); a rare word is read as the known one that is a letter away."""
    counts = Counter(word for text in texts for word in text)
    order = sorted(counts, key=lambda word: (-counts[word], word))
    known = [word for word in order if counts[word] >= KNOWN][:KEPT]
    places = {word: number for number, word in enumerate(known)}
    near = _a_letter_away(known)
    rare = []
    for word in order[len(known) :]:
        mended = _mended(word, near)
        if mended is None:
            rare.append(word)
        else:
            places[word] = places[mended]
    for word in rare:
        places[word] = len(known)
        known.append(word)
    frequent = len(known) - len(rare)
    vectors = _vectors(known, frequent, meanings)
    leads, concepts = _concepts(known, frequent, vectors)
    return Vocabulary(places, concepts, leads, vectors)


def _vectors(known: Sequence[str], frequent: int, meanings: Meanings | None) -> Floats | None:
    """Of the known words; a rare word, a name or a misspelling mostly, has no direction."""
    if meanings is None or not frequent:
        return None
    found = meanings(known[:frequent])
    return np.vstack([found, np.zeros((len(known) - frequent, found.shape[1]), dtype=np.float32)]).astype(np.float32)


def _concepts(known: Sequence[str], frequent: int, vectors: Floats | None) -> tuple[list[str], list[int]]:
    """A word joins the nearest word that leads a concept, if near enough; otherwise it leads one. The most frequent come first."""
    leads: list[int] = []
    concepts: list[int] = []
    beginnings: dict[str, int] = {}
    cosines = None if vectors is None else vectors[:frequent] @ vectors[:frequent].T
    for number, word in enumerate(known):
        joined = beginnings.get(word[:BEGINNING]) if len(word) >= BEGINNING else None
        if joined is None and cosines is not None and number < frequent and leads:
            near = cosines[number, leads]
            best = int(near.argmax())
            joined = best if near[best] >= NEAR else None
        if joined is None:
            joined = len(leads)
            leads.append(number)
        if len(word) >= BEGINNING:
            beginnings.setdefault(word[:BEGINNING], joined)
        concepts.append(joined)
    return [known[number] for number in leads], concepts


def _shorter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _a_letter_away(known: Sequence[str]) -> dict[str, str]:
    """Each known word by itself and by what is left of it without one letter; the more frequent word keeps the place."""
    near: dict[str, str] = {}
    for word in known:
        if len(word) >= MENDED:
            for short in {word} | _shorter(word):
                near.setdefault(short, word)
    return near


def _mended(word: str, near: Mapping[str, str]) -> str | None:
    if len(word) < MENDED:
        return None
    return next((near[one] for one in (word, *sorted(_shorter(word))) if one in near), None)
