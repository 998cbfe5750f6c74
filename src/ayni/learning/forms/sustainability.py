"""The form of a sustainability check."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.learning.actions.evaluations.checks import Remains
from ayni.learning.models import LASTING, SustainabilityCheck
from ayni.learning.queries.evaluations.checks import ITEMS
from ayni.registry.forms.fields import day, offer

LEVELS = (
    ("0", pgettext_lazy("what remains", "0: nothing")),
    ("1", pgettext_lazy("what remains", "1: in part")),
    ("2", pgettext_lazy("what remains", "2: mostly")),
    ("3", pgettext_lazy("what remains", "3: wholly")),
)
YES_NO = (("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")))


def _level(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


class CheckForm(TextsForm):
    """What remains in the side's own country."""

    texts = (Texts("evidence", gettext_lazy("Evidence"), long=True),)
    first = (
        "checked_on",
        *(item for item in LASTING if item != "government"),
        "government_changed",
        "government",
        "components_reused",
        "national",
        "third_countries",
    )
    checked_on = day(gettext_lazy("Day of the check"), required=True)
    norm = _level(ITEMS["norm"])
    budget = _level(ITEMS["budget"])
    staff = _level(ITEMS["staff"])
    owner = _level(ITEMS["owner"])
    materials = _level(ITEMS["materials"])
    local_funding = _level(ITEMS["local_funding"])
    government = _level(ITEMS["government"])
    government_changed = forms.BooleanField(
        label=gettext_lazy("The government has changed since the initiative began"), required=False
    )
    components_reused = forms.IntegerField(
        label=gettext_lazy("Components used elsewhere"),
        help_text=gettext_lazy("How many of those that were transferred; leave it empty when it is not known."),
        required=False,
        min_value=0,
        max_value=999,
    )
    national = forms.ChoiceField(label=gettext_lazy("The pilot has grown to national scale"), required=False)
    third_countries = forms.IntegerField(
        label=gettext_lazy("Third countries that took it up"), required=False, min_value=0, max_value=250
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, standing: SustainabilityCheck | None) -> None:
        super().__init__(data, initial=_initial(standing) if standing else {"checked_on": timezone.localdate()})
        for item in LASTING:
            offer(self, item, LEVELS, _("Not known"))
        offer(self, "national", YES_NO, _("Not known"))

    def remains(self) -> Remains:
        """What was filled in."""
        given = self.cleaned_data
        return Remains(
            checked_on=given["checked_on"],
            items={item: int(given[item]) if given[item] else None for item in LASTING},
            government_changed=given["government_changed"],
            components_reused=given["components_reused"],
            national={"yes": True, "no": False}.get(given["national"]),
            third_countries=given["third_countries"],
            evidence=self.text("evidence"),
        )


def _initial(check: SustainabilityCheck) -> dict[str, Any]:
    known = {item: getattr(check, item) for item in LASTING}
    return {item: "" if value is None else str(value) for item, value in known.items()} | {
        "checked_on": check.checked_on,
        "government_changed": check.government_changed,
        "components_reused": check.components_reused,
        "national": {True: "yes", False: "no", None: ""}[check.national],
        "third_countries": check.third_countries,
        "base": check.revision,
        **spread("evidence", check.evidence),
    }
