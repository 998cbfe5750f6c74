"""What speaks for and against two records being of one cooperation, in words."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.interop.models import RecordPair
from ayni.interop.queries.linkage_sentences import ALL, SENTENCES
from ayni.methods.linkage.features import FARTHEST, FEATURES

# A feature that moves the log-odds by less says next to nothing.
SAYS = 0.4
# What the other records say of it, not the two.
OF_MANY = ("rival", "parallel", "likewise")
NAMES: dict[str, Promise] = {
    "words": gettext_lazy("title"),
    "meaning": gettext_lazy("title"),
    "spelling": gettext_lazy("a title in the same language"),
    "untold": gettext_lazy("title"),
    "more": gettext_lazy("title"),
    "text": gettext_lazy("description"),
    "countries": gettext_lazy("countries"),
    "sector": gettext_lazy("sector"),
    "names": gettext_lazy("names in the title"),
    "numbers": gettext_lazy("numbers in the title"),
    "figures": gettext_lazy("figures"),
    "start": gettext_lazy("first year"),
    "end": gettext_lazy("last year"),
    "money": gettext_lazy("amount"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is found, and what that is worth beside all else: `sign` is "for" or "against"."""

    sentence: str
    sign: str
    weight: float


def evidence_of(pair: RecordPair) -> list[Told]:
    """What speaks for and against, the weightiest first."""
    found = pair.features
    # What a pair was decided on may be of a trait that is no longer looked at.
    known = ((name, weight) for name, weight in pair.evidence.items() if name in SENTENCES)
    rows = sorted(known, key=lambda row: (-abs(row[1]), row[0]))
    return [
        _told(name, found[name], weight) for name, weight in rows if abs(weight) >= SAYS and found.get(name) is not None
    ]


def unknown_of(pair: RecordPair) -> list[str]:
    """What one of the two does not say, so that it speaks neither for nor against."""
    missing = [name for name in FEATURES if pair.features.get(name) is None]
    return list(dict.fromkeys(str(NAMES[name]) for name in missing if name not in OF_MANY))


def percent(share: float) -> str:
    """A share in per cent, as the reader's language writes it."""
    return _("%(number)s%%") % {"number": formats.number_format(round(100 * share))}


def sentence_of(name: str, value: float) -> str:
    """What a feature of this value says, whichever way it points."""
    template = next(sentence for least, sentence in SENTENCES[name] if value >= least)
    # What is not all is never shown as all, nor what is not nothing as nothing.
    share = min(max(value, 0.01), 0.99) if 0 < value < ALL else max(0.0, min(1.0, value))
    times = 2 ** min(value, FARTHEST)
    digits = 0 if times >= 10 else 1
    shown = {
        "share": percent(share),
        "years": round(value),
        "times": formats.number_format(round(times, digits), digits),
    }
    return template % shown


def _told(name: str, value: float, weight: float) -> Told:
    return Told(sentence_of(name, value), "for" if weight > 0 else "against", weight)
