"""Values as they stand in XML."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT = 48


def escaped(text: str) -> str:
    """A text as it may stand in an element or an attribute; a character that XML cannot hold is left out."""
    return _short(text) if len(text) < _SHORT else _escaped(text)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if text.isprintable():
        return text
    text = text.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
    # What cannot be printed is mostly a soft hyphen and the like, which XML holds.
    return text if text.isprintable() else _UNFIT.sub("", text)


_short = lru_cache(1 << 15)(_escaped)
_day = lru_cache(1 << 13)(date.isoformat)


def plain(value: Any) -> str:
    """A value of the model."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is date:
        return _day(value)
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
