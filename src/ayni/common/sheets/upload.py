"""The form with which a file of a list comes back."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ListUpload(forms.Form):
    """A workbook or a CSV file of a list."""

    file = forms.FileField(
        label=_("Workbook or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = gettext("The list taken away and changed: .xlsx, .xlsm, .xls or .csv, %(limit)d MB at most.")
        self.fields["file"].help_text = told % {"limit": settings.UPLOAD_LIMIT // 2**20}
