"""What is said of each feature of a pair by its value: the sentence tells what is found, whatever that is worth."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from ayni.methods.linkage.features import FARTHEST

LOWEST = float("-inf")
# Features are kept to four digits: from here on a value is not 0, or is all.
SOME, ALL = 0.0001, 0.9999
# |log2| of two amounts that are a twentieth apart: shown to one digit they are equal.
NEARLY = 0.075
# From a value on, the highest first; the last one holds for all others.
SENTENCES: dict[str, tuple[tuple[float, Promise], ...]] = {
    "words": (
        (ALL, gettext_lazy("The titles share all their words.")),
        (0.5, gettext_lazy("The titles share %(share)s of their words.")),
        (SOME, gettext_lazy("The titles share only %(share)s of their words.")),
        (LOWEST, gettext_lazy("The titles share no word.")),
    ),
    "meaning": (
        (0.6, gettext_lazy("The titles mean much the same (%(share)s).")),
        (0.3, gettext_lazy("The titles are related in meaning (%(share)s).")),
        (LOWEST, gettext_lazy("The titles mean different things (%(share)s).")),
    ),
    "text": (
        (0.6, gettext_lazy("The descriptions mean much the same (%(share)s).")),
        (0.3, gettext_lazy("The descriptions are related in meaning (%(share)s).")),
        (LOWEST, gettext_lazy("The descriptions mean different things (%(share)s).")),
    ),
    "spelling": (
        (ALL, gettext_lazy("The titles are spelt the same.")),
        (0.8, gettext_lazy("The titles are spelt alike (%(share)s).")),
        (0.6, gettext_lazy("The titles are spelt partly alike (%(share)s).")),
        (LOWEST, gettext_lazy("The titles are spelt differently (%(share)s).")),
    ),
    "parallel": (
        (SOME, gettext_lazy("Such words meet more often in two titles of the same thing than in others.")),
        (LOWEST, gettext_lazy("Such words meet no more often in two titles of the same thing than in others.")),
    ),
    "likewise": (
        (SOME, gettext_lazy("Such words meet more often in two descriptions of the same thing than in others.")),
        (LOWEST, gettext_lazy("Such words meet no more often in two descriptions of the same thing than in others.")),
    ),
    "untold": (
        (0.15, gettext_lazy("Each title says something that the other does not: at least %(share)s of it.")),
        (SOME, gettext_lazy("One title says nearly all that the other says: only %(share)s is missing.")),
        (LOWEST, gettext_lazy("One title says all that the other says.")),
    ),
    "more": (
        (0.25, gettext_lazy("One title says much that the other does not: %(share)s of it.")),
        (SOME, gettext_lazy("Neither title says much more than the other: %(share)s at most.")),
        (LOWEST, gettext_lazy("Neither title says anything that the other does not.")),
    ),
    "countries": (
        (ALL, gettext_lazy("Their countries are the same.")),
        (0.5, gettext_lazy("They have %(share)s of their countries in common.")),
        (SOME, gettext_lazy("They have only %(share)s of their countries in common.")),
        (LOWEST, gettext_lazy("They have no country in common.")),
    ),
    "sector": (
        (ALL, gettext_lazy("They have a sector in common.")),
        (0.5, gettext_lazy("Their sectors are not the same, but of the same group.")),
        (LOWEST, gettext_lazy("They are of different sectors.")),
    ),
    "numbers": (
        (ALL, gettext_lazy("The numbers in the titles are the same.")),
        (0.5, gettext_lazy("Only one of the titles bears a number.")),
        (LOWEST, gettext_lazy("The titles bear different numbers: another phase, perhaps.")),
    ),
    "names": (
        (ALL, gettext_lazy("The titles have a name in common, of a place or a programme.")),
        (0.5, gettext_lazy("Only one of the titles bears a name, of a place or a programme.")),
        (LOWEST, gettext_lazy("The titles bear different names, of a place or a programme.")),
    ),
    "figures": (
        (ALL, gettext_lazy("They name the same figure, of people or of a document.")),
        (LOWEST, gettext_lazy("They name different figures.")),
    ),
    "start": (
        (FARTHEST, gettext_lazy("They begin %(years)s years apart or more.")),
        (1.0, ngettext_lazy("They begin one year apart.", "They begin %(years)s years apart.", "years")),
        (LOWEST, gettext_lazy("They begin in the same year.")),
    ),
    "end": (
        (FARTHEST, gettext_lazy("They end %(years)s years apart or more.")),
        (1.0, ngettext_lazy("They end one year apart.", "They end %(years)s years apart.", "years")),
        (LOWEST, gettext_lazy("They end in the same year.")),
    ),
    "money": (
        (FARTHEST, gettext_lazy("The larger amount is %(times)s times the smaller, or more.")),
        (NEARLY, gettext_lazy("The larger amount is %(times)s times the smaller.")),
        (LOWEST, gettext_lazy("The amounts are the same, or nearly.")),
    ),
    "rival": (
        (1.0, gettext_lazy("Another record comes near to one of them too.")),
        (0.1, gettext_lazy("Another record comes somewhat near to one of them.")),
        (LOWEST, gettext_lazy("No other record comes near to either.")),
    ),
}
