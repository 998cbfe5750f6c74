"""Forms about contributions, exchange rates and daily costs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Country, Institution
from ayni.registry.actions.contributions import ContributionFacts
from ayni.registry.forms.fields import day, named, offer, with_country
from ayni.registry.models import Contribution, ContributionKind, Group, Initiative, Stage, Unit

PLAIN = (
    "kind",
    "group",
    "stage",
    "quantity",
    "unit",
    "unit_value",
    "amount",
    "currency",
    "on",
    "interpretation",
    "note",
)


def currency(label: Any, *, required: bool = True) -> forms.CharField:
    """Three capital letters; small ones are made capital."""
    return forms.CharField(
        label=label,
        required=required,
        min_length=3,
        max_length=3,
        help_text=gettext_lazy("Three letters, such as BRL or USD."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "size": 4}),
    )


def number(
    label: Any, *, whole: int, places: int = 2, required: bool = True, help_text: Any = ""
) -> forms.DecimalField:
    """A number from zero on, of so many digits and decimal places as its column has."""
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_digits=whole, decimal_places=places, help_text=help_text
    )


def coded(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices with their codes before their words, as reports name them."""
    return [(code, f"{code} · {label}") for code, label in choices]


class ContributionForm(TextsForm):
    """What an institution gives."""

    texts = (Texts("method", gettext_lazy("How the value was found")),)
    first = (
        "institution",
        "kind",
        "group",
        "stage",
        "on",
        "quantity",
        "unit",
        "by_daily_cost",
        "unit_value",
        "amount",
        "currency",
    )
    institution = forms.ChoiceField(label=gettext_lazy("Institution that gives it"))
    kind = forms.ChoiceField(label=gettext_lazy("What is given"))
    group = forms.ChoiceField(
        label=gettext_lazy("Group"),
        help_text=gettext_lazy("The three groups are never added to one another."),
    )
    stage = forms.ChoiceField(label=gettext_lazy("Planned or executed"), choices=Stage.choices)
    on = day(
        gettext_lazy("Day"),
        required=True,
        help_text=gettext_lazy("The day of the expense or of the work: its exchange rate is that of this day."),
    )
    quantity = number(gettext_lazy("Quantity"), whole=12)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=Unit.choices)
    by_daily_cost = forms.BooleanField(
        label=gettext_lazy("Value expert-days by the documented daily cost of the country"),
        required=False,
        help_text=gettext_lazy("For D011 given in kind: leave value, currency and method empty."),
    )
    unit_value = number(gettext_lazy("Value of one unit"), whole=14, required=False)
    amount = number(
        gettext_lazy("Amount"),
        whole=16,
        required=False,
        help_text=gettext_lazy("Left empty, it is the quantity times the value of one unit."),
    )
    currency = currency(gettext_lazy("Currency"), required=False)
    activity = forms.ChoiceField(label=gettext_lazy("For the activity"), required=False)
    interpretation = forms.BooleanField(
        label=gettext_lazy("It pays for interpretation between languages"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        initiative: Initiative,
        institutions: list[Institution],
        contribution: Contribution | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(contribution) if contribution else None)
        self.activities = {str(one.number): one for one in initiative.activities.all()}
        self.institutions = {one.code: one for one in institutions}
        offer(self, "kind", coded(ContributionKind.choices), None)
        offer(self, "group", coded(Group.choices), None)
        offer(self, "activity", [(code, f"{code}. {one}") for code, one in self.activities.items()], _("No activity"))
        if contribution is not None:
            del self.fields["institution"]
        else:
            offer(self, "institution", with_country(self.institutions), None if len(institutions) == 1 else "")

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def giver(self) -> Institution:
        """The institution that gives it."""
        return self.institutions[self.cleaned_data["institution"]]

    def facts(self) -> ContributionFacts:
        """What was filled in."""
        given = self.cleaned_data
        return ContributionFacts(
            **{name: given[name] for name in PLAIN},
            by_daily_cost=given["by_daily_cost"],
            activity=self.activities.get(given["activity"]),
            method=self.text("method"),
        )


class RateForm(forms.Form):
    """How much of a currency a dollar bought on a day."""

    currency = currency(gettext_lazy("Currency"))
    on = day(gettext_lazy("Day"), required=True)
    per_dollar = number(
        gettext_lazy("Units of the currency for one US dollar"),
        whole=18,
        places=6,
        help_text=gettext_lazy("Such as 5.4321."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("Who publishes it, and where it can be checked."),
    )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class RatesUpload(forms.Form):
    """A file of exchange rates."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Four columns: currency, date, per_dollar, source."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class DailyCostForm(forms.Form):
    """What a day of an expert costs in a country."""

    country = forms.ChoiceField(label=gettext_lazy("Country"))
    since = day(gettext_lazy("In force since"), required=True)
    amount = number(gettext_lazy("Cost of a day"), whole=12)
    currency = currency(gettext_lazy("Currency"))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("The scale, decree or study that documents it, and where it can be checked."),
    )

    def __init__(self, data: Any = None, *, countries: list[Country]) -> None:
        super().__init__(data)
        self.countries = {one.pk: one for one in countries}
        offer(self, "country", named(self.countries), None if len(countries) == 1 else "")

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def kept(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return self.cleaned_data | {"country": self.countries[self.cleaned_data["country"]]}


class CostFilter(forms.Form):
    """What the network's costs can be asked for; the address holds it."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What is given"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, *args: Any, countries: list[Country], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", named({one.pk: one for one in countries}), _("All"))
        offer(self, "kind", coded(ContributionKind.choices), _("All"))
        offer(self, "year", [(str(year), str(year)) for year in years], _("All"))

    def asked(self) -> dict[str, Any]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        given = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return {**given, "year": int(given["year"])} if "year" in given else {**given}


class ProcessFilter(forms.Form):
    """Of which country and year the process indicators are asked for."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=1950, max_value=2100)

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", named({one.pk: one for one in countries}), _("All"))

    def asked(self) -> dict[str, Any]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _initial(contribution: Contribution) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(contribution, name) for name in PLAIN}
    activity = contribution.activity
    return found | {
        "activity": str(activity.number) if activity else "",
        "base": contribution.revision,
        **spread("method", contribution.method),
    }
