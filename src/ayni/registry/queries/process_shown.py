"""Process indicators in words: what each counts, how it is computed, why one is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from ayni.methods.process import DAYS, Measured, Number, Pooled

LABELS: dict[str, Promise] = {
    "response-days": gettext_lazy("Days from the demand to the response"),
    "start-days": gettext_lazy("Days from the approval to the start"),
    "activities-done": gettext_lazy("Activities carried out"),
    "counterpart-hours": gettext_lazy("Counterpart hours kept"),
    "counterpart-turnover": gettext_lazy("Turnover of counterparts"),
    "interpretation-hours": gettext_lazy("Hours with interpretation"),
    "interpretation-cost-A": gettext_lazy("Interpretation in the cost, financial (A)"),
    "interpretation-cost-B": gettext_lazy("Interpretation in the cost, in kind (B)"),
    "joint-decisions": gettext_lazy("Decisions taken jointly"),
    "sides-agreeing": gettext_lazy("Sides that declare or confirm the record"),
    "budget-A": gettext_lazy("Budget carried out, financial (A)"),
    "budget-B": gettext_lazy("Budget carried out, in kind (B)"),
}
FORMULAS: dict[str, Promise] = {
    "response-days": gettext_lazy("day of the answer − day of the request"),
    "start-days": gettext_lazy("first day of the execution − day of the approval"),
    "activities-done": gettext_lazy("activities done ÷ activities whose time has come, cancelled ones among them"),
    "counterpart-hours": gettext_lazy(
        "hours of counterparts in the activities done ÷ (hours a month promised × months since the start)"
    ),
    "counterpart-turnover": gettext_lazy("changes of the person ÷ counterparts named"),
    "interpretation-hours": gettext_lazy("hours interpreted ÷ hours of the activities done"),
    "interpretation-cost-A": gettext_lazy("executed for interpretation ÷ executed, both of group A"),
    "interpretation-cost-B": gettext_lazy("executed for interpretation ÷ executed, both of group B"),
    "joint-decisions": gettext_lazy("decisions of all sides together ÷ decisions recorded"),
    "sides-agreeing": gettext_lazy("sides that declare, confirm or have reconciled ÷ sides asked or declaring"),
    "budget-A": gettext_lazy("executed ÷ planned, both of group A"),
    "budget-B": gettext_lazy("executed ÷ planned, both of group B"),
}
WHY: dict[str, Promise] = {
    "no-days": gettext_lazy("one of the two days is not recorded"),
    "none-due": gettext_lazy("no activity was due yet"),
    "not-begun": gettext_lazy("the execution has not begun"),
    "nothing-promised": gettext_lazy("no hours a month were promised"),
    "no-hours": gettext_lazy("no activity done tells its hours"),
    "nobody-named": gettext_lazy("no counterpart is named"),
    "none-recorded": gettext_lazy("no decision is recorded"),
    "not-declared": gettext_lazy("no side has declared the record"),
    "no-money": gettext_lazy("the amounts are not recorded, or cannot be compared"),
}
UNITS: dict[str, Promise] = {
    "activities": pgettext_lazy("process", "activities"),
    "hours": pgettext_lazy("process", "hours"),
    "counterparts": pgettext_lazy("process", "counterparts"),
    "decisions": pgettext_lazy("process", "decisions"),
    "sides": pgettext_lazy("process", "sides"),
}


@dataclass(frozen=True, slots=True)
class IndicatorShown:
    """An indicator of an initiative in words; `value` is empty where it is not known, and `why` says so."""

    label: str
    formula: str
    value: str
    parts: str
    why: str
    coverage: str


@dataclass(frozen=True, slots=True)
class PooledShown:
    """An indicator over several initiatives in words; `short` is its coverage where there is little room."""

    label: str
    formula: str
    value: str
    parts: str
    coverage: str
    short: str


def shown(measured: Mapping[str, Measured]) -> list[IndicatorShown]:
    """Every indicator, in its order."""
    return [
        IndicatorShown(str(LABELS[code]), str(FORMULAS[code]), amount(one), parts(one), why(one), _told(one))
        for code, one in measured.items()
    ]


def amount(one: Measured) -> str:
    """The value: days, or per cent; "" where it is not known."""
    return _value(one.code, one.value)


def parts(one: Measured) -> str:
    """Numerator and denominator of a share."""
    if one.value is None or one.code in DAYS or one.numerator is None or one.denominator is None:
        return ""
    unit = UNITS.get(one.unit, one.unit)
    told = {"part": _number(one.numerator), "whole": _number(one.denominator), "unit": unit}
    return _("%(part)s ÷ %(whole)s %(unit)s") % told


def why(one: Measured) -> str:
    """Why it is not known; "" where it is."""
    return str(WHY[one.why]) if one.value is None and one.why else ""


def pooled(code: str, one: Pooled) -> PooledShown:
    """An indicator over several initiatives."""
    short = _("%(known)d of %(of)d") % {"known": one.known, "of": one.of}
    return PooledShown(str(LABELS[code]), str(FORMULAS[code]), pooled_amount(one), _spread(one), known_of(one), short)


def pooled_amount(one: Pooled) -> str:
    """Median days, or per cent; "" where none is known."""
    return _value(one.code, one.value)


def known_of(one: Pooled) -> str:
    """How many initiatives tell it."""
    told = ngettext("known of %(known)d of %(of)d initiative", "known of %(known)d of %(of)d initiatives", one.of)
    return told % {"known": one.known, "of": one.of}


def _spread(one: Pooled) -> str:
    if one.least is not None and one.most is not None:
        return _("median; from %(least)s to %(most)s days") % {"least": _number(one.least), "most": _number(one.most)}
    if one.numerator is not None and one.denominator is not None:
        told = {"part": _number(one.numerator), "whole": _number(one.denominator)}
        return _("%(part)s ÷ %(whole)s") % told
    return ""


def _value(code: str, value: Fraction | None) -> str:
    if value is None:
        return ""
    if code in DAYS:
        days = _number(value)
        return ngettext("%(days)s day", "%(days)s days", 1 if value == 1 else 2) % {"days": days}
    return _("%(number)s %%") % {"number": number_format(round(float(100 * value), 1), 1)}


def _number(value: Number) -> str:
    """Whole numbers without decimals, others with one."""
    whole = value == int(value)
    return number_format(round(float(value), 0 if whole else 1), 0 if whole else 1, force_grouping=True)


def _told(one: Measured) -> str:
    if one.told is None or one.of is None or one.told == one.of:
        return ""
    told = ngettext("%(told)d of %(of)d activity done tells it", "%(told)d of %(of)d activities done tell it", one.of)
    return told % {"told": one.told, "of": one.of}
