"""Forms about results: frames, results, indicators, periods."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Country, Institution
from ayni.registry.actions.results.frames import ResultFacts
from ayni.registry.actions.results.indicators import IndicatorFacts
from ayni.registry.actions.results.periods import PeriodFacts
from ayni.registry.forms.fields import day, named, offer
from ayni.registry.models import Dimension, Indicator, Level, Measure, Period, Result, ResultFrame

DIRECTIONS = (
    ("up", pgettext_lazy("direction", "more is better")),
    ("down", pgettext_lazy("direction", "less is better")),
)


def figure(label: Any, help_text: Any = "", *, least: int | None = None) -> forms.DecimalField:
    """A number with up to four decimal places."""
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, max_digits=18, decimal_places=4, min_value=least
    )


class PairForm(TextsForm):
    """The frame of a pair of countries."""

    texts = (Texts("title", gettext_lazy("Title"), longest=250),)
    first = ("institution", "partner")
    institution = forms.ChoiceField(label=gettext_lazy("Institution that keeps the frame"))
    partner = forms.ChoiceField(label=gettext_lazy("The other country"))

    def __init__(self, data: Any = None, *, institutions: list[Institution], countries: list[Country]) -> None:
        super().__init__(data)
        self.institutions = {one.code: one for one in institutions}
        self.countries = {one.pk: one for one in countries}
        offer(self, "institution", named(self.institutions), "")
        offer(self, "partner", named(self.countries), "")

    def pair(self) -> tuple[Institution, Country]:
        """Who keeps the frame, and with whom."""
        given = self.cleaned_data
        return self.institutions[given["institution"]], self.countries[given["partner"]]


class ParentForm(forms.Form):
    """Below which frame."""

    parent = forms.ChoiceField(
        label=gettext_lazy("Parent frame"),
        help_text=gettext_lazy("That of the programme, or of an initiative that you keep."),
        required=False,
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, frame: ResultFrame, parents: list[ResultFrame]) -> None:
        super().__init__(data, initial={"parent": str(frame.parent_id or ""), "base": frame.revision})
        self.parents = {str(one.pk): one for one in parents}
        if frame.parent is not None:
            self.parents.setdefault(str(frame.parent_id), frame.parent)
        offer(self, "parent", named(self.parents), _("None: it stands alone"))

    def chosen(self) -> ResultFrame | None:
        """The parent, or none."""
        return self.parents.get(self.cleaned_data["parent"])


class ResultForm(TextsForm):
    """What is to change."""

    texts = (
        Texts("title", gettext_lazy("What is to change"), longest=250),
        Texts("description", gettext_lazy("Description"), long=True),
    )
    first = ("level",)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices, initial=Level.OUTCOME)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, frame: ResultFrame, result: Result | None = None) -> None:
        initial: dict[str, Any] = {"base": frame.revision}
        if result is not None:
            initial |= {"level": result.level, **spread("title", result.title)}
            initial |= spread("description", result.description)
        super().__init__(data, initial=initial)

    def facts(self) -> ResultFacts:
        """What was filled in."""
        return ResultFacts(self.cleaned_data["level"], self.text("title"), self.text("description"))


class IndicatorForm(TextsForm):
    """How a result is measured."""

    texts = (
        Texts("title", gettext_lazy("What is measured"), longest=250),
        Texts("unit", gettext_lazy("Unit"), longest=60),
        Texts("verification", gettext_lazy("Means of verification"), long=True),
        Texts("national_target", gettext_lazy("National target that it serves"), long=True),
    )
    first = ("measure", "best", "direction", "cumulative", "rolls_into")
    measure = forms.ChoiceField(label=gettext_lazy("Measured as"), choices=Measure.choices, initial=Measure.UNIT)
    best = forms.IntegerField(
        label=gettext_lazy("Best score"),
        help_text=gettext_lazy("Only for a qualitative score: it lies between 0 and this."),
        required=False,
        min_value=1,
        max_value=1000,
    )
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=DIRECTIONS, initial="up")
    cumulative = forms.BooleanField(
        label=gettext_lazy("Cumulative: the value of each period includes those before it"),
        help_text=gettext_lazy("Also for a level, such as a coverage: the last period counts, periods are not added."),
        required=False,
    )
    rolls_into = forms.ChoiceField(
        label=gettext_lazy("Rolls up into"),
        help_text=gettext_lazy("An indicator of the parent frame, measured in the same way."),
        required=False,
    )
    baseline = figure(
        gettext_lazy("Baseline"),
        gettext_lazy("Of units and scores. Without a number, the baseline is said to be unknown."),
    )
    baseline_numerator = figure(gettext_lazy("Baseline: numerator"), gettext_lazy("Only for a percentage."), least=0)
    baseline_denominator = figure(
        gettext_lazy("Baseline: denominator"), gettext_lazy("Only for a percentage."), least=0
    )
    baseline_on = day(gettext_lazy("Baseline measured on"))
    dimensions = forms.MultipleChoiceField(
        label=gettext_lazy("Split by"),
        choices=Dimension.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, frame: ResultFrame, above: list[Indicator], indicator: Indicator | None = None
    ) -> None:
        super().__init__(data, initial=_indicator(indicator) if indicator else None)
        self.above = {str(one.pk): one for one in above}
        if frame.initiative_id is not None:
            for name in [name for name in self.fields if name.startswith("national_target_")]:
                del self.fields[name]
        if self.above:
            offer(self, "rolls_into", named(self.above), _("Nothing"))
        else:
            del self.fields["rolls_into"]

    def facts(self) -> IndicatorFacts:
        """What was filled in."""
        given = self.cleaned_data
        return IndicatorFacts(
            title=self.text("title"),
            measure=given["measure"],
            unit=self.text("unit"),
            best=given["best"],
            ascending=given["direction"] == "up",
            cumulative=given["cumulative"],
            rolls_into=self.above.get(given.get("rolls_into", "")),
            baseline_on=given["baseline_on"],
            baseline=given["baseline"],
            baseline_numerator=given["baseline_numerator"],
            baseline_denominator=given["baseline_denominator"],
            dimensions=tuple(given["dimensions"]),
            verification=self.text("verification"),
            national_target=self.text("national_target"),
        )


class PeriodForm(TextsForm):
    """The days and the target of a period; a percentage is asked for its two numbers, nothing else is."""

    texts = (Texts("target_note", gettext_lazy("About the target"), long=True),)
    first = ("starts_on", "ends_on", "target", "target_numerator", "target_denominator")
    starts_on = day(gettext_lazy("First day"), required=True)
    ends_on = day(gettext_lazy("Last day"), required=True)
    target = figure(gettext_lazy("Target"))
    target_numerator = figure(gettext_lazy("Target: numerator"), least=0)
    target_denominator = figure(gettext_lazy("Target: denominator"), least=0)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, indicator: Indicator, period: Period | None = None) -> None:
        initial: dict[str, Any] = {"base": indicator.revision}
        if period is not None:
            names = ("starts_on", "ends_on", "target", "target_numerator", "target_denominator")
            initial |= {name: getattr(period, name) for name in names}
            initial |= spread("target_note", period.target_note)
        super().__init__(data, initial=initial)
        if indicator.measure == Measure.PERCENTAGE:
            del self.fields["target"]
        else:
            del self.fields["target_numerator"], self.fields["target_denominator"]

    def facts(self) -> PeriodFacts:
        """What was filled in."""
        given = self.cleaned_data
        return PeriodFacts(
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            target=given.get("target"),
            target_numerator=given.get("target_numerator"),
            target_denominator=given.get("target_denominator"),
            target_note=self.text("target_note"),
        )


def shown_in(form: forms.Form, name: str) -> str:
    """What a field holds, in the words of its choices."""
    value = form[name].value()
    several = value if isinstance(value, list | tuple) else [value]
    labels = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
    told = [str(one) for one in several if one not in (None, "")]
    return ", ".join(labels.get(code, code) for code in told)


def _indicator(indicator: Indicator) -> dict[str, Any]:
    plain = (
        "measure",
        "best",
        "cumulative",
        "baseline",
        "baseline_numerator",
        "baseline_denominator",
        "baseline_on",
    )
    found: dict[str, Any] = {name: getattr(indicator, name) for name in plain}
    found |= {
        "direction": "up" if indicator.ascending else "down",
        "rolls_into": str(indicator.rolls_into_id or ""),
        "dimensions": indicator.dimensions.split(),
        "base": indicator.revision,
    }
    for name in ("title", "unit", "verification", "national_target"):
        found |= spread(name, getattr(indicator, name))
    return found
