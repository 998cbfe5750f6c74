"""Filters of the lists of countries and institutions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

Choices = Iterable[tuple[str, str]]


class _Filters(forms.Form):
    """Each field's choices are given by name; "" stands for all."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *offered]

    def chosen(self) -> dict[str, str]:
        """What was asked for, and is among the choices."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class CountryFilters(_Filters):
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part in the diagnosis"), required=False)
    named_by = forms.ChoiceField(label=gettext_lazy("Partner of"), required=False)


class InstitutionFilters(_Filters):
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("institution", "Type"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role in social protection"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part in the diagnosis"), required=False)
