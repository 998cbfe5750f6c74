"""The nine weights: a version of the rules, or others to try."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm
from ayni.exchange.models import CRITERIA
from ayni.exchange.queries.ranking import NAMES


class TryForm(forms.Form):
    """Other weights for a ranking that nobody keeps; the address holds them."""

    def __init__(self, data: Any, *, weights: Mapping[str, float]) -> None:
        super().__init__(data)
        for name in CRITERIA:
            self.fields[name] = forms.IntegerField(
                label=NAMES[name], min_value=0, max_value=100, required=False, initial=int(weights[name])
            )

    def weights(self) -> dict[str, float] | None:
        """The weights that were given; None when none were, or none is above zero."""
        if not self.is_valid() or not any(name in self.data for name in CRITERIA):
            return None
        given = {name: float(self.cleaned_data[name] or 0) for name in CRITERIA}
        return given if any(given.values()) else None


class RulesForm(TextsForm):
    """A new version of the rules, begun from the one in force."""

    shows_all = True
    texts = (Texts("note", gettext_lazy("Why they change"), long=True),)

    def __init__(self, *args: Any, weights: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {
            name: forms.IntegerField(label=NAMES[name], min_value=0, max_value=100, initial=int(weights[name]))
            for name in CRITERIA
        }
        self.fields = fields | self.fields

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        total = sum(given.get(name) or 0 for name in CRITERIA)
        if total != 100:
            raise forms.ValidationError(
                _("The nine weights have to add up to 100; these add up to %(sum)d.") % {"sum": total}
            )
        return given

    def weights(self) -> dict[str, int]:
        """{criterion: weight}."""
        return {name: self.cleaned_data[name] for name in CRITERIA}
