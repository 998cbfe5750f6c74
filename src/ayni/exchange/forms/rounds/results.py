"""The forms after the meetings: of each side, of a reviewer, and of the selection."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.exchange.actions.rounds.reports import Told
from ayni.exchange.forms.rounds.choices import DayInput, offer, term, terms
from ayni.exchange.models import CommitteeCriterion, ExchangeRound, MeetingReport, Review, Stance
from ayni.exchange.queries.rounds.committee import candidates

INTEREST = (
    (3, gettext_lazy("3: high")),
    (2, gettext_lazy("2: medium")),
    (1, gettext_lazy("1: low")),
    (0, gettext_lazy("0: none")),
)
SCORES = (
    ("", gettext_lazy("Not yet")),
    ("0", gettext_lazy("0: no")),
    ("1", gettext_lazy("1: hardly")),
    ("2", gettext_lazy("2: largely")),
    ("3", gettext_lazy("3: wholly")),
)


def _long(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


class ReportForm(forms.Form):
    interest = forms.TypedChoiceField(
        label=gettext_lazy("How much interest the meeting found"),
        choices=INTEREST,
        coerce=int,
        widget=forms.RadioSelect,
    )
    sees_action = forms.TypedChoiceField(
        label=gettext_lazy("Do you see something that the two of you could do?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    what = _long(gettext_lazy("If yes: what could be done"))
    modality = forms.ChoiceField(label=gettext_lazy("If yes: of what type"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("If yes: about what topic"), required=False)
    stance = forms.ChoiceField(
        label=gettext_lazy("If yes: your part"),
        choices=[("", gettext_lazy("Choose one")), *Stance.choices],
        required=False,
    )
    why_not = _long(gettext_lazy("If no: why not"))
    next_step = _long(gettext_lazy("Next step"))
    next_on = forms.DateField(label=gettext_lazy("By"), required=False, widget=DayInput)
    contact = forms.CharField(
        label=gettext_lazy("Contact person"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only the two delegations and the secretariat see it."),
    )

    def __init__(self, *args: Any, report: MeetingReport | None = None, **kwargs: Any) -> None:
        if report is not None:
            kwargs["initial"] = {
                **{name: getattr(report, name) for name in ("interest", "what", "stance", "why_not", "next_step")},
                "next_on": report.next_on,
                "contact": report.contact,
                "sees_action": "yes" if report.sees_action else "no",
                "modality": report.modality.code if report.modality else "",
                "topic": report.topic.code if report.topic else "",
            }
        super().__init__(*args, **kwargs)
        offer(self.fields["modality"], terms("modalities"))
        offer(self.fields["topic"], terms("topics"))

    def told(self) -> Told:
        given = dict(self.cleaned_data)
        return Told(
            **given | {"modality": term("modalities", given["modality"]), "topic": term("topics", given["topic"])}
        )


class ReviewForm(forms.Form):
    """A choice of 0 to 3 for each criterion, and a comment."""

    def __init__(
        self, *args: Any, criteria: Sequence[CommitteeCriterion], review: Review | None = None, **kwargs: Any
    ) -> None:
        self.codes = [one.code for one in criteria]
        given = {score.criterion.code: str(score.value) for score in review.scores.all()} if review else {}
        kwargs["initial"] = {f"score-{code}": given.get(code, "") for code in self.codes}
        kwargs["initial"]["comment"] = review.comment if review else ""
        super().__init__(*args, **kwargs)
        for one in criteria:
            self.fields[f"score-{one.code}"] = forms.ChoiceField(
                label=_("%(name)s (weight %(weight)d)") % {"name": one, "weight": one.weight},
                help_text=one.asked,
                choices=SCORES,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
        )

    def scores(self) -> dict[str, int]:
        """{criterion: score}, of those that are given."""
        given = {code: self.cleaned_data.get(f"score-{code}", "") for code in self.codes}
        return {code: int(score) for code, score in given.items() if score}


class ConflictForm(forms.Form):
    conflict = forms.CharField(
        label=gettext_lazy("Your conflict of interest"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionForm(forms.Form):
    selected = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Select it for follow-up")), ("no", gettext_lazy("Do not select it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It becomes public when the round closes."),
    )


class AppointForm(forms.Form):
    user = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=User.objects.none())

    def __init__(self, *args: Any, round: ExchangeRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)
        user.queryset = candidates(round)
