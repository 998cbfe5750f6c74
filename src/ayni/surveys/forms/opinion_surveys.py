"""Until when the recipient is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.surveys.forms.rounds import DayInput


class OpinionSurveyForm(forms.Form):
    """The last day for the answers."""

    deadline = forms.DateField(label=_("Answers until"), widget=DayInput)
