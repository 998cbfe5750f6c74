"""The form for a sheet of answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SheetUpload(forms.Form):
    """A workbook or a CSV file."""

    file = forms.FileField(
        label=_("Sheet of answers"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "The exported workbook, or a table of countries by institutions: .xlsx, .xlsm, .xls or .csv, %(limit)d MB at most."
        ) % {"limit": settings.UPLOAD_LIMIT // 2**20}
