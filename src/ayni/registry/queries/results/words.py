"""Measured values in words: with their unit, their two numbers, what they have reached."""

from datetime import date
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.common.i18n import text_in
from ayni.methods.results.progress import Progress, Why
from ayni.methods.results.values import Measure as PlainMeasure
from ayni.methods.results.values import Measured, NotApplicable, Percentage, Score, Tally, Units, Value, tally
from ayni.registry.models import Dimension, Indicator, Measure, Measurement, Period

# The categories that each dimension is told in.
CATEGORIES: dict[str, dict[str, Promise]] = {
    Dimension.SEX: {
        "women": pgettext_lazy("category", "Women"),
        "men": pgettext_lazy("category", "Men"),
        "other": pgettext_lazy("category", "Other or not told"),
    },
    Dimension.AGE: {
        "0-17": pgettext_lazy("category", "0 to 17 years"),
        "18-59": pgettext_lazy("category", "18 to 59 years"),
        "60+": pgettext_lazy("category", "60 years and more"),
    },
    Dimension.DISABILITY: {
        "with": pgettext_lazy("category", "With a disability"),
        "without": pgettext_lazy("category", "Without a disability"),
    },
    Dimension.INDIGENOUS: {
        "indigenous": pgettext_lazy("category", "Indigenous people"),
        "others": pgettext_lazy("category", "Others"),
    },
}
WHY: dict[Why, Promise] = {
    Why.NO_VALUE: gettext_lazy("No approved value yet"),
    Why.NO_TARGET: gettext_lazy("No target"),
    Why.NO_BASELINE: gettext_lazy("The baseline is unknown: the way cannot be measured"),
    Why.HOLD: gettext_lazy("The target is to hold the baseline"),
    Why.AGAINST: gettext_lazy("The target lies on the wrong side of the baseline: correct it"),
}
MISFITS: dict[str, Promise] = {
    "measure": gettext_lazy("it is measured in another way"),
    "direction": gettext_lazy("of one more is better, of the other less"),
    "cumulation": gettext_lazy("one is cumulative, the other is not"),
    "scale": gettext_lazy("their scores have different scales"),
}


def number(value: Decimal | None) -> str:
    """At most two decimal places, as the language writes numbers, without zeros at the end; "" for none."""
    if value is None:
        return ""
    places = next(count for count in (0, 1, 2) if count == 2 or round(value, count) == round(value, 2))
    return str(floatformat(value, f"{places}g"))


def told(found: Tally, indicator: Indicator) -> str:
    """What a tally comes to, with its unit."""
    value = found.value
    if value is None:
        return _("Does not apply") if found.not_applicable else ""
    if found.measure == PlainMeasure.PERCENTAGE:
        whole = {"value": number(value), "numerator": number(found.total), "denominator": number(found.base)}
        return _("%(value)s %% (%(numerator)s of %(denominator)s)") % whole
    return plain(value, indicator)


def plain(value: Decimal | None, indicator: Indicator) -> str:
    """A number with what it counts."""
    if value is None:
        return ""
    if indicator.measure == Measure.PERCENTAGE:
        return _("%(value)s %%") % {"value": number(value)}
    if indicator.measure == Measure.SCORE:
        return _("%(value)s of %(best)s") % {"value": number(value), "best": indicator.best}
    return f"{number(value)} {text_in(indicator.unit)}".strip()


def reached(found: Progress) -> str:
    """How far it is: a percentage of the way, or why none can be told."""
    if found.share is not None:
        share = number((100 * found.share).quantize(Decimal(1)))
        said = _("%(share)s %% of the way") % {"share": share}
    else:
        said = str(WHY[found.why]) if found.why else ""
    if found.met:
        return _("Target reached")
    return said


def value_of(measurement: Measurement, measure: str) -> Value:
    """A measurement as a value of its measure."""
    if measurement.not_applicable:
        return NotApplicable()
    if measurement.numerator is not None and measurement.denominator is not None:
        return Percentage(measurement.numerator, measurement.denominator)
    value = measurement.value or Decimal(0)
    return Score(value) if measure == Measure.SCORE else Units(value)


def of_measurement(measurement: Measurement, indicator: Indicator) -> str:
    """What an institution measured, in words."""
    one = Measured(value_of(measurement, indicator.measure))
    return told(tally(PlainMeasure(indicator.measure), [one]), indicator)


def baseline_of(indicator: Indicator) -> Decimal | None:
    """The number from which progress is measured; None when it is unknown."""
    return _ratio(indicator.baseline, indicator.baseline_numerator, indicator.baseline_denominator)


def target_of(period: Period) -> Decimal | None:
    """The number that a period is to reach; None without a target."""
    return _ratio(period.target, period.target_numerator, period.target_denominator)


def days(starts: date, ends: date) -> str:
    """A period in the fewest words: the year when it is a whole one."""
    if (starts.month, starts.day, ends.month, ends.day, starts.year) == (1, 1, 12, 31, ends.year):
        return str(starts.year)
    return f"{date_format(starts, 'SHORT_DATE_FORMAT')} – {date_format(ends, 'SHORT_DATE_FORMAT')}"


def _ratio(value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    if numerator is not None and denominator:
        return 100 * numerator / denominator
    return value
