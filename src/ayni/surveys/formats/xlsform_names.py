"""Names in a form -> codes of an instrument."""

import re
import unicodedata
from collections.abc import Iterable

from ayni.surveys.formats.spec_checks import LONGEST_CODE, RESERVED_CODES


def usable_code(name: str) -> str:
    """The nearest code to `name`: without accents, other characters as underscores, a letter or underscore first."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    code = re.sub(r"[^A-Za-z0-9_-]", "_", plain)[:LONGEST_CODE]
    if not re.match(r"[A-Za-z_]", code):
        code = f"_{code}"[:LONGEST_CODE]
    return f"_{code}" if code.lower() in RESERVED_CODES else code


class Codes:
    """Codes given out so far; capital letters make no difference."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def claim(self, wanted: str) -> str:
        """`wanted`, or with a number behind it when it is taken."""
        code, count = wanted, 1
        while code.casefold() in self._taken:
            count += 1
            ending = f"_{count}"
            code = f"{wanted[: LONGEST_CODE - len(ending)]}{ending}"
        self._taken.add(code.casefold())
        return code
