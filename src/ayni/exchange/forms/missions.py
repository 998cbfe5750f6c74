"""What the reader of a plan supposes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.exchange.queries.mission_plan import Assumptions


class PlanForm(forms.Form):
    """Costs that nobody has told, in US dollars, and whether the budget binds; all optional."""

    travel = forms.DecimalField(
        label=_("Travel of a provider country"), required=False, min_value=0, max_value=1_000_000, max_digits=9
    )
    interpretation = forms.DecimalField(
        label=_("A day of interpretation"), required=False, min_value=0, max_value=100_000, max_digits=8
    )
    within_budget = forms.BooleanField(label=_("Only within the demand's budget"), required=False)

    def assumed(self) -> Assumptions:
        """What was supposed; what cannot be read counts as not told."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        travel, interpretation = given.get("travel"), given.get("interpretation")
        return Assumptions(
            travel=None if travel is None else float(travel),
            interpretation=None if interpretation is None else float(interpretation),
            within_budget=bool(given.get("within_budget")),
        )
