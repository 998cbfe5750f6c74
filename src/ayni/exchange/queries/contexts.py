"""What makes two contexts alike, in the reader's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INCOME: Mapping[str, Promise] = {
    "low": _("low income"),
    "lower-middle": _("lower middle income"),
    "upper-middle": _("upper middle income"),
    "high": _("high income"),
}
POPULATION: Mapping[str, Promise] = {
    "small": _("under 1 million"),
    "medium": _("1 to 20 million"),
    "large": _("over 20 million"),
}
GOVERNMENT: Mapping[str, Promise] = {
    "unitary": _("unitary state"),
    "federal": _("federal state"),
}
