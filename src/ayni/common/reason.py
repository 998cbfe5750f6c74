"""A reason that the other side reads."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why: in plain words, for those concerned."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Those concerned read it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
