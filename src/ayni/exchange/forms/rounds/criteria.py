"""The form of a draft of the committee's criteria: one part for each, and an empty one to add."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.exchange.actions.rounds.criteria import Part
from ayni.exchange.models import CommitteeCriteria


class CriterionForm(TextsForm):
    texts = (Texts("name", _("Name")), Texts("question", _("Question to the reviewer")))
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, initial=10)
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    def part(self, number: int) -> Part:
        name = self.text("name")
        code = self.cleaned_data["code"] or slugify(name.get("en") or next(iter(name.values()), ""))[:40]
        return Part(
            code=code or f"criterion-{number}",
            name=name,
            question=self.text("question"),
            weight=self.cleaned_data["weight"],
        )


CriterionForms = forms.formset_factory(CriterionForm, extra=1, can_delete=True)


def criterion_forms(data: Any, criteria: CommitteeCriteria) -> Any:
    """The forms of a draft."""
    initial = [
        {
            **spread("name", one.name),
            **spread("question", one.question),
            "weight": one.weight,
            "code": one.code,
        }
        for one in criteria.parts.all()
    ]
    return CriterionForms(data, initial=initial)


def parts_of(forms_: Any) -> list[Part]:
    """The parts that stay, in order; an empty form adds nothing."""
    kept = [
        form
        for form in forms_
        if form.has_changed() | bool(form.initial) and not form.cleaned_data.get("DELETE") and form.cleaned_data
    ]
    return [form.part(number) for number, form in enumerate(kept, 1)]
