"""Which two countries to compare."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.atlas.queries.facts import Atlas


class CompareForm(forms.Form):
    left = forms.ChoiceField(label=gettext_lazy("First country"))
    right = forms.ChoiceField(label=gettext_lazy("Second country"))

    def __init__(self, *args: Any, atlas: Atlas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, atlas.name(code)) for code in atlas.by_name(atlas.reporters)]
        for field in self.fields.values():
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose a country")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("left") and cleaned.get("left") == cleaned.get("right"):
            raise forms.ValidationError(_("Both are the same country: choose two different ones."))
        return cleaned
