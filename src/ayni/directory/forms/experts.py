"""Forms about the roster of experts."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.actions.experts import ExpertFacts, ServiceFacts
from ayni.directory.forms.in_languages import GroupedForm, offer
from ayni.directory.models import SPOKEN, Concept, Country, Expert, Institution, Teaching, joined
from ayni.directory.queries.experts import accounts_of, months_ahead

COLUMNS = {"class": "choices--columns"}


def _several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    ticks = forms.CheckboxSelectMultiple(attrs=COLUMNS)
    return forms.MultipleChoiceField(label=label, required=False, widget=ticks, help_text=help_text)


class RosterFilters(forms.Form):
    """What is looked for in the roster."""

    quadrant = forms.ChoiceField(label=_("Quadrant"), required=False)
    language = forms.ChoiceField(label=_("Working language"), required=False)
    teaching = forms.ChoiceField(label=_("Teaching"), required=False)
    institution = forms.ChoiceField(label=_("Institution"), required=False)

    def __init__(self, *args: Any, institutions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("Any"))]
        quadrants = [(term.code, f"{term.code} {term}") for term in Concept.objects.current("quadrants")]
        offer(self.fields["quadrant"], every + quadrants)
        offer(self.fields["language"], every + [(code, str(name)) for code, name in SPOKEN.items()])
        offer(self.fields["teaching"], every + [(str(value), str(name)) for value, name in Teaching.choices if value])
        offer(self.fields["institution"], every + institutions)

    def chosen(self) -> dict[str, str]:
        """What was asked for, and is among the choices."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class InstitutionChoice(forms.Form):
    """For which institution a profile is entered."""

    institution = forms.ChoiceField(label=_("Institution"))

    def __init__(self, *args: Any, institutions: dict[str, Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(((code, str(one)) for code, one in institutions.items()), key=lambda pair: pair[1].casefold())
        offer(self.fields["institution"], [("", "—")] * (len(names) > 1) + names)


class ExpertForm(GroupedForm):
    """A profile. The personal fields are seen by the institution's focal point, the secretariat and the expert alone."""

    texts = (Texts("summary", _("Experience"), long=True),)
    first = ("name", "email", "position")
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    position = forms.CharField(label=_("Position"), required=False, max_length=200)
    user = forms.ChoiceField(
        label=_("The expert's own account"),
        required=False,
        help_text=_("With it the expert edits the profile, and nobody else can give or withdraw the consent."),
    )
    profiles = _several(_("Quadrants"), _("Where in the matrix the person has worked."))
    topics = _several(_("Topics"))
    languages = _several(_("Working languages"))
    teaching = forms.ChoiceField(label=_("Teaching"), choices=Teaching.choices)
    daily_cost = forms.DecimalField(
        label=_("Cost a day"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text=_("In US dollars, as the institution documents it."),
    )

    def __init__(
        self,
        *args: Any,
        expert: Expert | None = None,
        institution: Institution | None = None,
        own: Any = None,
        **kwargs: Any,
    ) -> None:
        if expert is not None:
            kwargs["initial"] = self.initial_of(expert)
        super().__init__(*args, **kwargs)
        place = expert.institution if expert is not None else institution
        self.accounts = {} if own is not None or place is None else accounts_of(place)
        none = [("", gettext("None: the consent is given on paper"))]
        if own is None and expert is not None and expert.user is not None:
            # Only the person ends the link, whatever has become of the account's role.
            self.accounts, none = {str(expert.user_id): expert.user}, []
        self.own = own
        if self.accounts:
            names = [(code, str(account)) for code, account in self.accounts.items()]
            offer(self.fields["user"], none + names)
        else:
            del self.fields["user"]
        self.terms = {
            name: {term.code: term for term in Concept.objects.current(scheme)} for name, scheme in SCHEMES.items()
        }
        for name, known in self.terms.items():
            labels = [(code, f"{code} {term}" if name == "profiles" else str(term)) for code, term in known.items()]
            offer(self.fields[name], labels)
        offer(self.fields["languages"], [(code, str(name)) for code, name in SPOKEN.items()])

    @staticmethod
    def initial_of(expert: Expert) -> dict[str, Any]:
        """What stands, as the fields show it."""
        return {
            **{name: getattr(expert, name) for name in ("name", "email", "position", "daily_cost", "revision")},
            "user": str(expert.user_id or ""),
            "profiles": [term.code for term in expert.profiles.all()],
            "topics": [term.code for term in expert.topics.all()],
            "languages": expert.languages.split(),
            "teaching": str(expert.teaching),
            **spread("summary", expert.summary),
        }

    def facts(self, standing: Any = None) -> ExpertFacts:
        """What was filled in; `standing` is the account that stays where the form does not ask for it."""
        given = self.cleaned_data
        account = self.accounts.get(given["user"]) if "user" in self.fields else self.own or standing
        return ExpertFacts(
            name=given["name"],
            email=given["email"],
            position=given["position"],
            summary=self.text("summary"),
            profiles=tuple(self.terms["profiles"][code] for code in given["profiles"]),
            topics=tuple(self.terms["topics"][code] for code in given["topics"]),
            languages=joined(given["languages"]),
            teaching=int(given["teaching"]),
            daily_cost=given["daily_cost"],
            user=account,
        )


SCHEMES = {"profiles": "quadrants", "topics": "topics"}


class MonthsForm(forms.Form):
    """How many days of each of the coming twelve months; an empty field says nothing."""

    # Short fields, side by side where there is room.
    in_columns = True

    def __init__(self, *args: Any, expert: Expert, **kwargs: Any) -> None:
        standing = {f"{month.month:%Y-%m}": month.days for month in expert.months.all()}
        super().__init__(*args, **kwargs)
        self.initial = standing
        for month in months_ahead():
            most = monthrange(month.year, month.month)[1]
            self.fields[f"{month:%Y-%m}"] = forms.IntegerField(
                label=date_format(month, "F Y"), required=False, min_value=0, max_value=most
            )

    def days(self) -> dict[date, int]:
        """The months that were filled in."""
        given = {date.fromisoformat(f"{name}-01"): number for name, number in self.cleaned_data.items()}
        return {month: number for month, number in given.items() if number is not None}


class ServiceForm(TextsForm):
    """A mission or other service done."""

    texts = (Texts("what", _("What was done")),)
    first = ("country", "year", "days", "quadrant")
    country = forms.ChoiceField(label=_("Country"))
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2100)
    days = forms.IntegerField(label=_("Days"), required=False, min_value=0, max_value=999)
    quadrant = forms.ChoiceField(label=_("Quadrant"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["year"] = timezone.localdate().year
        self.countries = {country.pk: country for country in Country.objects.all()}
        self.quadrants = {term.code: term for term in Concept.objects.current("quadrants")}
        names = sorted(((code, str(one)) for code, one in self.countries.items()), key=lambda pair: pair[1].casefold())
        offer(self.fields["country"], [("", "—"), *names])
        offer(self.fields["quadrant"], [("", "—"), *((code, f"{code} {one}") for code, one in self.quadrants.items())])

    def facts(self) -> ServiceFacts:
        """What was filled in."""
        given = self.cleaned_data
        return ServiceFacts(
            country=self.countries[given["country"]],
            year=given["year"],
            what=self.text("what"),
            days=given["days"] or 0,
            quadrant=self.quadrants.get(given["quadrant"]),
        )
