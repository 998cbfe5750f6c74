"""The form of a measurement: it asks for what the indicator's measure needs, and nothing else."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.registry.actions.results.measurements import MeasurementFacts
from ayni.registry.forms.results import figure
from ayni.registry.models import Dimension, Indicator, Measure, Measurement
from ayni.registry.queries.results.words import CATEGORIES

NUMBERS = ("value", "numerator", "denominator")


class MeasurementForm(TextsForm):
    """A value, or a numerator and a denominator; or that it does not apply; with a field for each category of its dimensions."""

    texts = (Texts("note", gettext_lazy("How it was measured"), long=True),)
    first = (*NUMBERS, "not_applicable")
    value = figure(gettext_lazy("Value"))
    numerator = figure(gettext_lazy("Numerator"), least=0)
    denominator = figure(gettext_lazy("Denominator"), least=0)
    not_applicable = forms.BooleanField(
        label=gettext_lazy("Does not apply"),
        help_text=gettext_lazy("This is not the same as 0: it is left out of every sum and mean."),
        required=False,
    )
    evidence = forms.URLField(
        label=gettext_lazy("Address of the evidence"), required=False, max_length=500, assume_scheme="https"
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, indicator: Indicator, measurement: Measurement | None = None) -> None:
        super().__init__(data, initial=_initial(measurement) if measurement else {"base": 0})
        percentage = indicator.measure == Measure.PERCENTAGE
        for name in ("value",) if percentage else ("numerator", "denominator"):
            del self.fields[name]
        if indicator.best is not None:
            self.fields["value"] = figure(_("Score from 0 to %(best)d") % {"best": indicator.best}, least=0)
        self.shares: list[tuple[str, str]] = [
            (dimension, category) for dimension in indicator.dimensions.split() for category in CATEGORIES[dimension]
        ]
        for dimension, category in self.shares:
            label = f"{capfirst(Dimension(dimension).label)}: {CATEGORIES[dimension][category]}"
            self.fields[f"share_{dimension}_{category}"] = figure(label, least=0)

    def facts(self) -> MeasurementFacts:
        """What was filled in."""
        given = self.cleaned_data
        shares: list[tuple[str, str, Decimal]] = [
            (dimension, category, share)
            for dimension, category in self.shares
            if (share := given.get(f"share_{dimension}_{category}")) is not None
        ]
        return MeasurementFacts(
            **{name: given.get(name) for name in NUMBERS},
            not_applicable=given["not_applicable"],
            note=self.text("note"),
            evidence=given["evidence"],
            shares=tuple(shares),
        )


def _initial(measurement: Measurement) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(measurement, name) for name in (*NUMBERS, "not_applicable", "evidence")}
    found |= {f"share_{one.dimension}_{one.category}": one.value for one in measurement.shares.all()}
    return found | {"base": measurement.revision, **spread("note", measurement.note)}
