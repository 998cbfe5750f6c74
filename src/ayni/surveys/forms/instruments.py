"""Forms about questionnaires."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import LANGUAGES


class XlsformUpload(forms.Form):
    """A workbook, and the language to take its texts for where it does not say."""

    file = forms.FileField(
        label=_("XLSForm workbook"),
        help_text=_("A file of type .xlsx, .xlsm or .xls, of 5 MB at most. Macros are ignored."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls"}),
    )
    language = forms.ChoiceField(
        label=_("Language of its texts, where it does not say"),
        choices=[choice for choice in settings.LANGUAGES if choice[0] in LANGUAGES],
    )
