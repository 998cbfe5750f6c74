"""Many records as columns: what is compared millions of times is a number, a set of bits or a row of a matrix.

See docs/methods/linkage.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ayni.methods.linkage.record import Record
from ayni.methods.linkage.words import (
    Floats,
    Meanings,
    Vocabulary,
    figures_of,
    fold,
    names_of,
    numbers_of,
    vocabulary,
    words_of,
)

Bits = npt.NDArray[np.uint64]
GROUP = 3
# Dimensions that are kept of a text's direction.
KEPT = 64
# Places of bits (prime numbers) that the figures, and the names, of all records share.
FIGURES, NAMES = 251, 1021


@dataclass(frozen=True, slots=True)
class Table:
    """Of n records: `reporter` (n, number; -1 unknown), `first`, `last` (n, years; NaN unknown), `usd` (n, base-2 logarithm; NaN).

    `countries`, `sectors`, `groups`, `numbers`, `names`, `figures` are (n, k) sets of bits. `spelt` has a column of folded titles
    for each language of `languages`. `titles` and `texts` (n, concepts) hold tf-idf of length 1; `meaning` and `told` are the directions
    of titles and texts (n, KEPT or 0).
    """

    records: Sequence[Record]
    words: Vocabulary
    languages: Sequence[str]
    reporter: npt.NDArray[np.int32]
    first: Floats
    last: Floats
    usd: Floats
    countries: Bits
    sectors: Bits
    groups: Bits
    numbers: Bits
    names: Bits
    figures: Bits
    spelt: npt.NDArray[np.object_]
    titles: Any
    texts: Any
    meaning: Floats
    told: Floats

    def __len__(self) -> int:
        return len(self.records)


def table_of(records: Sequence[Record], meanings: Meanings | None = None) -> Table:
    """The columns of the records. `meanings` gives the directions of words; without it words are compared by their beginnings."""
    languages = sorted({code for one in records for code in one.title})
    spelt = np.array([[fold(one.title.get(code, "")) for code in languages] for one in records], dtype=object)
    spelt = spelt.reshape(len(records), len(languages))
    titles = [[word for text in row for word in words_of(text)] for row in spelt]
    texts = [[word for text in one.text.values() for word in words_of(fold(text))] for one in records]
    known = vocabulary([*titles, *texts], meanings)
    title_words, text_words = (_counted(some, known) for some in (titles, texts))
    axes = _axes(title_words + text_words, known)
    return Table(
        records=records,
        words=known,
        languages=languages,
        reporter=_numbered([one.reporter for one in records]),
        first=_column(one.first for one in records),
        last=_column(one.last for one in records),
        usd=np.log2(_column(one.usd for one in records)),
        countries=_bits([one.countries for one in records]),
        sectors=_bits([one.sectors for one in records]),
        groups=_bits([{code[:GROUP] for code in one.sectors} for one in records]),
        numbers=_bits([{n for text in row if text for n in numbers_of(text)} for row in spelt]),
        spelt=spelt,
        names=_shared_bits([set(_concepts_of(one.title.values(), known)) for one in records], NAMES),
        figures=_shared_bits(
            [{n for t in (*one.title.values(), *one.text.values()) for n in figures_of(t)} for one in records], FIGURES
        ),
        titles=_by_concept(title_words, known),
        texts=_by_concept(text_words, known),
        meaning=_directions(title_words, axes),
        told=_directions(text_words, axes),
    )


def _numbered(names: Sequence[str]) -> npt.NDArray[np.int32]:
    places = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([places.get(name, -1) for name in names], dtype=np.int32)


def _column(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float32)


def _bits(sets: Sequence[Iterable[Any]]) -> Bits:
    """Each set as bits, a place for each value that occurs."""
    kept = [list(one) for one in sets]
    places = {value: number for number, value in enumerate(sorted({value for one in kept for value in one}))}
    found = np.zeros((len(kept), len(places) // 64 + 1), dtype=np.uint64)
    for row, one in enumerate(kept):
        for value in one:
            place = places[value]
            found[row, place // 64] |= np.uint64(1 << (place % 64))
    return found


def _shared_bits(sets: Sequence[Iterable[int]], room: int) -> Bits:
    """As bits of a place from 0 to `room`: so many values occur that a place each would not fit; one pair in `room` is taken for equal."""
    return _bits([{value % room for value in one} for one in sets])


def _concepts_of(titles: Iterable[str], known: Vocabulary) -> Iterable[int]:
    """The concepts of the names in these titles, so that a name that is misspelt is still the same."""
    return [known.concepts[known.numbers[word]] for text in titles for word in names_of(text) if word in known.numbers]


def _counted(texts: Sequence[Sequence[str]], known: Vocabulary) -> Any:
    """(n, words): 1 where the text has the word."""
    places = [[known.numbers[word] for word in text] for text in texts]
    ends = np.cumsum([0, *(len(one) for one in places)])
    columns = np.fromiter((number for one in places for number in one), dtype=np.int64, count=int(ends[-1]))
    ones = np.ones(len(columns), dtype=np.float32)
    found = sparse.csr_matrix((ones, columns, ends), shape=(len(texts), len(known.concepts)))
    found.sum_duplicates()
    found.data[:] = 1
    return found


def _rarity(counted: Any) -> Floats:
    """Inverse document frequency: ln(1 + n / (1 + how many have it))."""
    times = np.asarray((counted > 0).sum(axis=0)).ravel()
    found: Floats = np.log1p(counted.shape[0] / (1 + times)).astype(np.float32)
    return found


def _by_concept(counted: Any, known: Vocabulary) -> Any:
    """(n, concepts): tf-idf by concept, each row of length 1 (0 for a text without words)."""
    size = len(known.concepts)
    member = sparse.csr_matrix(
        (np.ones(size, dtype=np.float32), (np.arange(size), np.asarray(known.concepts, dtype=np.int64))),
        shape=(size, len(known.leads)),
    )
    found = sparse.csr_matrix(counted @ member)
    found.data[:] = 1
    found = sparse.csr_matrix(found @ sparse.diags(_rarity(found)))
    length = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    scale: Callable[[Any], Any] = sparse.diags
    return sparse.csr_matrix(scale(1 / np.where(length > 0, length, 1)) @ found).astype(np.float32)


def _axes(counted: Any, known: Vocabulary) -> Floats:
    """(words, KEPT): each word's direction, the rarer the longer, in the axes in which the texts differ most."""
    if known.vectors is None or not counted.nnz:
        return np.zeros((len(known.concepts), 0), dtype=np.float32)
    heavy = known.vectors * _rarity(counted)[:, None]
    times = np.asarray(counted.sum(axis=0)).ravel()
    _values, axes = np.linalg.eigh((heavy * times[:, None]).T @ heavy)
    # The first axis is what all words have in common, which says nothing.
    found: Floats = heavy @ axes[:, ::-1][:, 1 : KEPT + 1]
    return found


def _directions(counted: Any, axes: Floats) -> Floats:
    """(n, KEPT): the sum of the words' directions, of length 1 (0 for a text without a word that has one)."""
    found = np.asarray(counted @ axes, dtype=np.float32)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    np.divide(found, length, out=found, where=length > 0)
    return found
