"""Whether a passage quotes a text word for word. See docs/methods/coding.md."""

import re


def find_passage(passage: str, text: str) -> str | None:
    """The stretch of `text` that `passage` quotes, as `text` writes it, or None when it is not there.

    White space counts as one space however it is written (a browser's selection folds line breaks); every other
    character must be the same. An empty passage quotes nothing. Of several places the first counts.
    """
    words = passage.split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.group() if found else None
