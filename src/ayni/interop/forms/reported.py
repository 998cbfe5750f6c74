"""The forms about records of other systems: what the list is asked for, and a file that is to be loaded."""

from collections.abc import Hashable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import folded, text_in
from ayni.interop.queries.lists import countries_there, publishers_there
from ayni.interop.queries.organisations import lists as organisations
from ayni.interop.queries.words import STATUS


class _Filter(forms.Form):
    """What a list can be asked for; the address holds it."""

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("All")), *choices]


class ReportedFilter(_Filter):
    """What the list of activities can be asked for."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    publisher = forms.ChoiceField(label=_("Reported by"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    sector = forms.RegexField(
        r"^[0-9]{1,5}$", label=_("Sector code, or its beginning"), required=False, max_length=5, strip=True
    )
    status = forms.ChoiceField(label=_("State"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1950, max_value=2100)

    def __init__(self, *args: Any, stamp: Hashable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [(one.iso2, text_in(one.name)) for one in countries_there(stamp)]
        self._offer("publisher", publishers_there(stamp))
        self._offer("country", sorted(countries, key=lambda one: folded(one[1])))
        self._offer("status", [(code, str(words)) for code, words in STATUS.items()])


class OrganisationFilter(_Filter):
    """What the list of organisations can be asked for."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    publisher = forms.ChoiceField(label=_("Reported by"), required=False)

    def __init__(self, *args: Any, stamp: Hashable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("publisher", organisations.publishers_there(stamp))


class ReportedUpload(forms.Form):
    """An IATI file."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".xml,application/xml,text/xml"}))
    sector = forms.RegexField(
        r"^[0-9]{1,5}$",
        label=_("Only sectors that begin with"),
        help_text=_(
            "Digits of the OECD's list: 160 for other social infrastructure and services. Empty for all; organisations have none."
        ),
        required=False,
        max_length=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = gettext("IATI activities or organisations, versions 2.01 to 2.03, as .xml; %(limit)d MB at most.")
        self.fields["file"].help_text = told % {"limit": settings.UPLOAD_LIMIT // 2**20}

    def clean_file(self) -> UploadedFile:
        """Before a byte of it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                gettext("The file is larger than a page takes. Load it with ./ayni iati import.")
            )
        return file
