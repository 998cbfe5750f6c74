from django import forms
from django.utils.translation import gettext_lazy as _


class ContestForm(forms.Form):
    """What is wrong in what would be published."""

    reason = forms.CharField(
        label=_("What is wrong, and how should it read?"),
        help_text=_("Name the country, category or agency. The secretariat corrects it and sends it to you again."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
