"""The forms with which the secretariat reviews, codes and publishes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.surveys.forms.texts import TextsForm, code_field
from ayni.surveys.models import DiagnosisEdition, EditionStatus
from ayni.surveys.queries.codings import SCHEMES, concepts_to_code


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The institution reads it: say which answer, and what is missing or unclear."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CodingForm(forms.Form):
    """A passage and its category; `offered` are the categories by vocabulary, with their numbers."""

    passage = forms.CharField(
        label=gettext_lazy("Passage"),
        help_text=gettext_lazy("Copied from the answer, word for word. Selecting text in the answer fills it in."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    concept = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=concepts_to_code())

    def __init__(self, *args: Any, offered: list[tuple[str, list[tuple[int, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].widget = forms.Select(choices=[("", "–"), *offered])


class CodingsFilter(forms.Form):
    scheme = forms.ChoiceField(label=gettext_lazy("Vocabulary"), required=False)
    people = forms.BooleanField(label=gettext_lazy("Only those made by a person"), required=False)

    def __init__(self, *args: Any, titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *((code, titles[code]) for code in SCHEMES if code in titles)]
        self.fields["scheme"] = forms.ChoiceField(label=_("Vocabulary"), required=False, choices=choices)


class EditionForm(TextsForm):
    texts = {"title": gettext_lazy("Title")}
    previous = forms.ModelChoiceField(
        label=gettext_lazy("Edition before"),
        help_text=gettext_lazy("The new edition says what changed since that one."),
        queryset=DiagnosisEdition.objects.exclude(status=EditionStatus.DRAFT).defer("content"),
        required=False,
    )

    def before(self) -> dict[str, forms.Field]:
        return {"code": code_field()}
