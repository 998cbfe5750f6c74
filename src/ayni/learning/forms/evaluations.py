"""Forms about evaluations."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Country, Institution
from ayni.learning.actions.evaluations.responses import Reply
from ayni.learning.actions.evaluations.writing import Design, Report
from ayni.learning.models import (
    Answered,
    CriterionScore,
    Evaluation,
    EvaluationState,
    ManagementResponse,
    When,
)
from ayni.registry.forms.fields import day, every_institution, in_order, named, offer, terms, with_country

SCORES = (
    ("1", pgettext_lazy("criterion", "1: not met")),
    ("2", pgettext_lazy("criterion", "2: met in part")),
    ("3", pgettext_lazy("criterion", "3: mostly met")),
    ("4", pgettext_lazy("criterion", "4: wholly met")),
)


class EvaluationFilter(forms.Form):
    """What the list can be asked for; the address holds it."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    instrument = forms.ChoiceField(label=gettext_lazy("Instrument"), required=False)
    when = forms.ChoiceField(label=gettext_lazy("Moment"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    independent = forms.BooleanField(label=gettext_lazy("Independent only"), required=False)

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = _("All")
        offer(self, "country", named({one.pk: one for one in countries}), every)
        offer(self, "instrument", in_order(terms("me-instruments")), every)
        offer(self, "when", When.choices, every)
        offer(self, "state", EvaluationState.choices, every)

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class DesignForm(TextsForm):
    """What an evaluation is to find out."""

    texts = (
        Texts("title", gettext_lazy("Title"), longest=250),
        Texts("process_questions", gettext_lazy("What is asked of the process"), long=True),
        Texts("result_questions", gettext_lazy("What is asked of the results"), long=True),
        Texts("method", gettext_lazy("Method"), long=True),
    )
    first = ("instrument", "when", "planned_on")
    instrument = forms.ChoiceField(label=gettext_lazy("Instrument"))
    when = forms.ChoiceField(label=gettext_lazy("Moment"), choices=When.choices)
    planned_on = day(gettext_lazy("Planned for"))
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, evaluation: Evaluation | None = None) -> None:
        super().__init__(data, initial=_design(evaluation) if evaluation else {"when": When.CLOSURE})
        self.instruments = terms("me-instruments", [evaluation.instrument] if evaluation else [])
        offer(self, "instrument", in_order(self.instruments), None)

    def design(self) -> Design:
        """What was filled in."""
        given = self.cleaned_data
        return Design(
            instrument=self.instruments[given["instrument"]],
            when=given["when"],
            planned_on=given["planned_on"],
            **{one.stem: self.text(one.stem) for one in self.texts},
        )


class CommissionForm(forms.Form):
    """Who evaluates."""

    evaluator = forms.CharField(
        label=gettext_lazy("Who evaluates"),
        help_text=gettext_lazy("A person, a team or a firm, as it is to be named."),
        max_length=200,
    )
    institution = forms.ChoiceField(label=gettext_lazy("Institution of who evaluates"), required=False)
    independent = forms.BooleanField(
        label=gettext_lazy("Independent"),
        help_text=gettext_lazy("Neither a party nor paid by one party alone."),
        required=False,
    )

    def __init__(self, data: Any = None, *, evaluation: Evaluation) -> None:
        there = evaluation.evaluator_institution
        initial = {
            "evaluator": evaluation.evaluator,
            "institution": there.code if there else "",
            "independent": evaluation.independent,
        }
        super().__init__(data, initial=initial)
        self.institutions = every_institution()
        offer(self, "institution", with_country(self.institutions), _("None of the directory"))

    def chosen(self) -> Institution | None:
        """The institution of the directory."""
        return self.institutions.get(self.cleaned_data["institution"])


class ReportForm(TextsForm):
    """What was found and what is recommended."""

    texts = (
        Texts("process_findings", gettext_lazy("What was found about the process"), long=True, longest=20_000),
        Texts("findings", gettext_lazy("What was found about the results"), long=True, longest=20_000),
        Texts("recommendations", gettext_lazy("Recommendations"), long=True, longest=20_000),
    )
    document = forms.URLField(
        label=gettext_lazy("Where the whole report can be read"), required=False, assume_scheme="https", max_length=500
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, evaluation: Evaluation) -> None:
        initial: dict[str, Any] = {"document": evaluation.document, "base": evaluation.revision}
        for one in self.texts:
            initial |= spread(one.stem, getattr(evaluation, one.stem))
        super().__init__(data, initial=initial)

    def report(self) -> Report:
        """What was filled in."""
        return Report(document=self.cleaned_data["document"], **{one.stem: self.text(one.stem) for one in self.texts})


class CriterionForm(TextsForm):
    """What the report says of one criterion."""

    texts = (Texts("finding", gettext_lazy("Finding; or why it is not judged"), long=True),)
    first = ("score",)
    score = forms.ChoiceField(label=gettext_lazy("Judgement"), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, evaluation: Evaluation, standing: CriterionScore | None) -> None:
        initial: dict[str, Any] = {"base": evaluation.revision}
        if standing is not None:
            initial |= {"score": str(standing.score or ""), **spread("finding", standing.finding)}
        super().__init__(data, initial=initial)
        offer(self, "score", SCORES, _("Not judged"))

    def score_given(self) -> int | None:
        """1 to 4, or None when it is not judged."""
        given = self.cleaned_data["score"]
        return int(given) if given else None


class ReplyForm(TextsForm):
    """What a party says to an evaluation."""

    texts = (
        Texts("text", gettext_lazy("What your institution says"), long=True),
        Texts("measures", gettext_lazy("What it will do"), long=True),
    )
    first = ("answer",)
    answer = forms.ChoiceField(label=gettext_lazy("The recommendations are"), choices=Answered.choices)
    due_on = day(gettext_lazy("Until"))
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, standing: ManagementResponse | None) -> None:
        initial: dict[str, Any] = {"base": 0}
        if standing is not None:
            initial = {
                "answer": standing.answer,
                "due_on": standing.due_on,
                "base": standing.revision,
                **spread("text", standing.text),
                **spread("measures", standing.measures),
            }
        super().__init__(data, initial=initial)

    def reply(self) -> Reply:
        """What was filled in."""
        given = self.cleaned_data
        return Reply(given["answer"], self.text("text"), self.text("measures"), given["due_on"])


class DoneForm(forms.Form):
    """When a measure was done."""

    done_on = day(gettext_lazy("Done on"), required=True)


def _design(evaluation: Evaluation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "instrument": evaluation.instrument.code,
        "when": evaluation.when,
        "planned_on": evaluation.planned_on,
        "base": evaluation.revision,
    }
    for one in DesignForm.texts:
        found |= spread(one.stem, getattr(evaluation, one.stem))
    return found
