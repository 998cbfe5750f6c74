"""How the record names the columns of results frames and their measurements."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESULTS: dict[str, Promise] = {
    "first": _("First country"),
    "second": _("Second country"),
    "frame": _("Result frame"),
    "level": _("Level"),
    "measure": _("Measured as"),
    "best": _("Best score"),
    "ascending": _("More is better"),
    "cumulative": _("Cumulative"),
    "rolls_into": _("Rolls up into"),
    "baseline_on": _("Baseline measured on"),
    "baseline": _("Baseline"),
    "baseline_numerator": _("Baseline: numerator"),
    "baseline_denominator": _("Baseline: denominator"),
    "dimensions": _("Split by"),
    "verification": _("Means of verification"),
    "national_target": _("National target that it serves"),
    "indicator": _("Indicator"),
    "target": _("Target"),
    "target_numerator": _("Target: numerator"),
    "target_denominator": _("Target: denominator"),
    "target_note": _("About the target"),
    "locked": _("Locked"),
    "period": _("Period"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "not_applicable": _("Does not apply"),
    "measurement": _("Measurement"),
    "dimension": _("Dimension"),
    "category": _("Category"),
    "shares": _("Shares"),
}
