"""Numbers as the page's language writes them, for figures and tables that write hundreds: Django asks for the marks with each one."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import get_language

Writer = Callable[[float, int], str]


def number_writer() -> Writer:
    """`write(value, places)` for the language in force: what `number_format(round(value, places), places)` gives, to
    fifteen figures."""
    return _writer(get_language() or settings.LANGUAGE_CODE)


@cache
def _writer(lang: str) -> Writer:
    marks = str.maketrans(
        {",": str(get_format("THOUSAND_SEPARATOR", lang)), ".": str(get_format("DECIMAL_SEPARATOR", lang))}
    )

    def write(value: float, places: int) -> str:
        return f"{round(value, places):,.{places}f}".translate(marks)

    return write
