"""Questions to the catalogue of programmes, and the file that brings programmes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class CatalogueFilters(forms.Form):
    """What is looked for; "" stands for anything."""

    q = forms.CharField(
        label=_("Text"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    topics = forms.ChoiceField(label=_("Topic"), required=False)
    modalities = forms.ChoiceField(label=_("Modality"), required=False)
    quadrants = forms.ChoiceField(label=_("Quadrant"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    language = forms.ChoiceField(label=_("Working language"), required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("Any")), *offered]

    def chosen(self) -> dict[str, str]:
        """What was asked for, and is among the choices."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class ProgrammesUpload(forms.Form):
    """A workbook or a CSV file of programmes."""

    file = forms.FileField(
        label=_("Workbook or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = gettext("The template filled in, or the catalogue taken away and changed; %(limit)d MB at most.")
        self.fields["file"].help_text = told % {"limit": settings.UPLOAD_LIMIT // 2**20}
