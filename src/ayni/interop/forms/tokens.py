"""Making a token of the API."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.interop.models import READ, SCOPES


class TokenForm(forms.Form):
    """What a token is for, what it may do, and until when."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("The program that will use it, for example “yearly report”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        help_text=_("At most one year away."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"scopes": [READ], "expires_on": timezone.localdate() + timedelta(days=180)})

    def asked(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = self.cleaned_data
        last: date = given["expires_on"]
        return {"name": given["name"], "scopes": given["scopes"], "expires_on": last}
