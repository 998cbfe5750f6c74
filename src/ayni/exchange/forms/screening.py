"""Forms of a screening: one side's scores, the decision, and the draft of a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.exchange.actions.screening import AUTHOR, Scored
from ayni.exchange.models import Item, ProjectDraft, Result, Screening

SCORES = [
    ("", _("not scored yet")),
    ("0", _("0: nothing there")),
    ("1", _("1: begun")),
    ("2", _("2: mostly there")),
    ("3", _("3: all there")),
]
TEXTS = ("purpose", "results", "indicators", "expectations", "counterpart", "sustainability", "risks")


class ScoresForm(forms.Form):
    """The 13 items for one side. What the person has not changed is not sent on, so that two people do not undo each other."""

    def __init__(self, *args: Any, screening: Screening, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.item: row for row in screening.items.all()}
        for item in Item:
            row = rows.get(item.value)
            score = (row.author_score if side == AUTHOR else row.score) if row else None
            text = (row.evidence if side == AUTHOR else row.remark) if row else ""
            self.fields[f"{item.value}_score"] = forms.ChoiceField(
                label=_("Your score"),
                choices=SCORES,
                required=False,
                initial="" if score is None else str(score),
                show_hidden_initial=True,
            )
            self.fields[f"{item.value}_text"] = forms.CharField(
                label=_("Evidence") if side == AUTHOR else _("Remark"),
                required=False,
                initial=text,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 2}),
                show_hidden_initial=True,
            )

    def scored(self) -> dict[str, Scored]:
        """What this person has changed."""
        changed = {name.rpartition("_")[0] for name in self.changed_data}
        return {
            code: Scored(
                int(self.cleaned_data[f"{code}_score"]) if self.cleaned_data[f"{code}_score"] else None,
                self.cleaned_data[f"{code}_text"],
            )
            for code in changed
        }

    def pair(self, code: str) -> tuple[forms.BoundField, forms.BoundField]:
        """The two fields of an item."""
        return self[f"{code}_score"], self[f"{code}_text"]


class DecisionForm(forms.Form):
    """What the scores allow, with the reasons."""

    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reasons"),
        help_text=_("The institution that asks reads them. Say what would change the result."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    referred_to = forms.CharField(
        label=_("Referred to"),
        help_text=_("Only when it is referred: which body, programme or fund."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, results: list[Result], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(one.value, one.label) for one in results]  # type: ignore[attr-defined]  # of a ChoiceField
        if len(results) == 1:
            self.fields["result"].initial = results[0].value
        if Result.REFERRED not in results:
            del self.fields["referred_to"]


class ProjectForm(TextsForm):
    """The draft of a project in the languages in which it is written."""

    texts = (
        Texts("purpose", _("Purpose"), long=True),
        Texts("results", _("Results"), long=True),
        Texts("indicators", _("Indicators"), long=True),
        Texts("expectations", _("Expectations of both sides"), long=True),
        Texts("counterpart", _("Counterpart"), long=True),
        Texts("sustainability", _("Sustainability"), long=True),
        Texts("risks", _("Risks"), long=True),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @classmethod
    def of(cls, project: ProjectDraft, data: Any = None) -> "ProjectForm":
        """The form with what stands."""
        initial: dict[str, Any] = {"base": project.revision}
        for name in TEXTS:
            initial |= spread(name, getattr(project, name))
        return cls(data, initial=initial)
