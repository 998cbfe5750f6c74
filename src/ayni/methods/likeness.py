"""How alike two titles are: the words they have in common (docs/methods/likeness.md).

Two sides that write down the same cooperation seldom use the same words, and often not the same language. Words are compared by
their beginnings, which Spanish, Portuguese, French and English mostly share.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Shorter words say how a sentence is built, not what it is about.
SHORTEST = 4
# So many letters of a word are compared: "program" of programa, programmes, programs.
BEGINNING = 5
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared: `key` tells the texts apart, `words` are small letters without accents."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """`key` of the other text, the share of the shorter text's words that the other has too (0 to 1), and how many these are."""

    key: str
    share: float
    common: int


def beginnings(words: str) -> frozenset[str]:
    """The beginnings of the words that count, each once."""
    return frozenset(word[:BEGINNING] for word in WORD.findall(words) if len(word) >= SHORTEST)


def likeness(one: Text, other: Text) -> Likeness:
    """The overlap coefficient of Szymkiewicz and Simpson: |A ∩ B| / min(|A|, |B|); 0 where a text has no word that counts."""
    mine, theirs = beginnings(one.words), beginnings(other.words)
    shorter, common = min(len(mine), len(theirs)), len(mine & theirs)
    return Likeness(other.key, common / shorter if shorter else 0.0, common)


def alike(one: Text, others: Iterable[Text], *, least: float = 0.5, common: int = 2) -> Sequence[Likeness]:
    """Those of `others` that share at least `least` of the shorter text's words and `common` words with `one`.

    The most alike first; of equals the one with more words in common, then by key.
    """
    found = (likeness(one, other) for other in others if other.key != one.key)
    near = (one for one in found if one.share >= least and one.common >= common)
    return sorted(near, key=lambda one: (-one.share, -one.common, one.key))
