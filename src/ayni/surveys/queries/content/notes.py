"""What a reader must know beside the numbers: data quality and method, in every language."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ayni.common.i18n import in_every_language
from ayni.methods.partners import Declarations
from ayni.surveys.queries.facts import RoundFacts

METHODS: tuple[tuple[str, Promise, Promise], ...] = (
    (
        "partner-matrix",
        _("Partner matrix"),
        _(
            "Each mark is a country that an institution named as a partner. A partner counts once in a total "
            "however many institutions name it."
        ),
    ),
    (
        "declarations",
        _("Declarations of two sides"),
        _(
            "A pair of countries that both reported is mutual when both declare it and unilateral when one does. "
            "Pairs with a country that did not report cannot be judged."
        ),
    ),
    (
        "concentration",
        _("Concentration"),
        _(
            "The Herfindahl-Hirschman index adds the squared shares of each country's partners over the regions: "
            "1 means that all are in one region, 0.2 that five regions share them evenly."
        ),
    ),
    (
        "network",
        _("Network"),
        _(
            "Only the countries that reported are fully observed. Measures that need every country's report are "
            "not estimated, and the reason is given instead."
        ),
    ),
    (
        "tallies",
        _("Categories"),
        _(
            "An answer is given one or more categories by a named coder, with the passage it rests on. What a "
            "source says of several institutions together is shown as such and never divided among them."
        ),
    ),
    (
        "coverage",
        _("Coverage of the questionnaire"),
        _(
            "A question counts as answered when the answer stands here, as coded when only its category is "
            "recorded, and as joint when the source gives it for several institutions together."
        ),
    ),
)


def method() -> list[dict[str, Any]]:
    return [
        {"code": code, "title": in_every_language(title), "text": in_every_language(text)}
        for code, title, text in METHODS
    ]


def quality(facts: RoundFacts, declared: Declarations) -> dict[str, Any]:
    """The notes on data quality, and the numbers they rest on."""
    unknown = sum(fact.role == "unknown" for fact in facts.partners)
    return {
        "unilateral": [list(pair) for pair in declared.unilateral],
        "mutual": [list(pair) for pair in declared.mutual],
        "role_unknown": unknown,
        "marks": len(facts.partners),
        "invited": facts.invited,
        "responses": facts.responses,
        "validated": len(facts.respondents),
        "notes": [
            {"code": code, "text": in_every_language(text), "source": source}
            for code, text, source in _notes(facts, declared, unknown)
        ],
    }


def _notes(facts: RoundFacts, declared: Declarations, unknown: int) -> Iterable[tuple[str, Promise, str]]:
    reporters = len(facts.reporters)
    yield (
        "reporters",
        _counted(
            ngettext_lazy(
                "Only %(number)d country reported. Figures about the others rest on what it said of them.",
                "Only %(number)d countries reported. Figures about the others rest on what these said of them.",
                "number",
            ),
            reporters,
        ),
        "Introduction, note 1",
    )
    if unknown:
        yield (
            "role-unknown",
            _counted(
                ngettext_lazy(
                    "%(number)d mark says that there is cooperation, not who offers and who receives: its "
                    "direction is unknown.",
                    "%(number)d marks say that there is cooperation, not who offers and who receives: their "
                    "direction is unknown.",
                    "number",
                ),
                unknown,
            ),
            "Section IV",
        )
    if declared.unilateral:
        yield (
            "unilateral",
            _counted(
                ngettext_lazy(
                    "%(number)d pair of reporting countries is declared by one side alone.",
                    "%(number)d pairs of reporting countries are declared by one side alone.",
                    "number",
                ),
                len(declared.unilateral),
            ),
            "Section IV, Table 3",
        )
    if any(fact.who.kind == "together" for fact in facts.codings):
        yield (
            "together",
            _(
                "The source gives outcomes, obstacles, modalities and topics for the reporting countries "
                "together; they are not attributed to any one of them."
            ),
            "Section III",
        )
    left_out = facts.responses - len(facts.respondents)
    if left_out:
        yield (
            "not-validated",
            _counted(
                ngettext_lazy(
                    "%(number)d response was left out because its institution has not validated it yet.",
                    "%(number)d responses were left out because their institutions have not validated them yet.",
                    "number",
                ),
                left_out,
            ),
            "",
        )


def _counted(message: Any, number: int) -> Promise:
    """A plural message with its number, still lazy."""
    return format_lazy("{}", _Counted(message, number))


class _Counted:
    def __init__(self, message: Any, number: int) -> None:
        self.message, self.number = message, number

    def __str__(self) -> str:
        return str(self.message % {"number": self.number})
