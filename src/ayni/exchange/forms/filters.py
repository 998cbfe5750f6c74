"""What a list of offers or demands can be asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.directory.models import SPOKEN, Concept, Country


class SupplyFilter(forms.Form):
    """Every question is optional; the address holds them all."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    quadrant = forms.ChoiceField(label=_("Quadrant"), required=False)
    modality = forms.ChoiceField(label=_("Modality"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("All")), *SPOKEN.items()])
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, countries: list[Country], states: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scheme in (("topic", "topics"), ("quadrant", "quadrants"), ("modality", "modalities")):
            self._offer(name, [(one.code, str(one)) for one in Concept.objects.current(scheme)])
        self._offer("country", sorted(((one.pk, str(one)) for one in countries), key=lambda pair: pair[1]))
        if states:
            self._offer("state", states)
        else:
            del self.fields["state"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]  # of a ChoiceField

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
