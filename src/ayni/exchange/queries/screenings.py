"""Screenings as pages show them, and what their scores allow."""

from dataclasses import dataclass

from ayni.exchange.models import Demand, Item, Result, Screening, ScreeningItem
from ayni.methods.screening import NEEDED, Outcome, screen

# What the method calls its results.
RESULTS = {
    "eligible": (Result.ELIGIBLE,),
    "co-formulation": (Result.COFORMULATION,),
    "returned": (Result.RETURNED,),
    "declined": (Result.DECLINED, Result.REFERRED),
}


@dataclass(frozen=True)
class ItemShown:
    """One item with what both sides say of it; None where nobody has yet."""

    code: str
    label: str
    needed: bool
    row: ScreeningItem | None

    @property
    def differs(self) -> bool:
        """Both have scored it, otherwise."""
        row = self.row
        return row is not None and None not in (row.score, row.author_score) and row.score != row.author_score


def items_of(screening: Screening) -> list[ItemShown]:
    """The 13 items in their order."""
    rows = {row.item: row for row in screening.items.all()}
    return [ItemShown(item.value, str(item.label), item.value in NEEDED, rows.get(item.value)) for item in Item]


def outcome_of(screening: Screening) -> Outcome:
    """What the secretariat's scores give; they bear its remark where the author sees it otherwise."""
    return screen({row.item: row.score for row in screening.items.all()})


def allowed_results(outcome: Outcome) -> list[Result]:
    """The results that may be decided; none while the missing items can still change it."""
    return [one for name in outcome.results for one in RESULTS[name]] if outcome.result else []


def possible_results(outcome: Outcome) -> list[str]:
    """The results that are still possible, in words."""
    return [str(one.label) for name in outcome.results for one in RESULTS[name]]


def latest(demand: Demand) -> Screening | None:
    """The screening that is open, or else the last that was decided."""
    return demand.screenings.prefetch_related("items").order_by("-number").first()
