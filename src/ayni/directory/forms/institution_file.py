"""The form about a file of institutions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InstitutionsUpload(forms.Form):
    """A file of institutions."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "The columns of the directory's own CSV file: code, country, name_es, …; code is enough beside what changes."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
