"""The form for a sheet of answers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetUpload(forms.Form):
    """A workbook or a CSV file."""

    file = forms.FileField(
        label=_("Sheet of answers"),
        help_text=_(
            "The exported workbook, or a table of countries by institutions: .xlsx, .xlsm, .xls or .csv, 10 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}),
    )
