"""Forms for offers and demands. Texts are written in the language of the page; those in other languages stay."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import LANGUAGES, language
from ayni.directory.models import SPOKEN, Component, Concept, Country, Evidence, Institution, joined
from ayni.exchange.models import Demand, Offer
from ayni.exchange.queries.contexts import GOVERNMENT, INCOME, POPULATION
from ayni.exchange.queries.written import PLAIN, SETS, TEXTS, Draft, draft_of


class MonthField(forms.Field):
    """A month, kept as its first day."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")

    def to_python(self, value: object) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(f"{text[:7]}-01")
        except ValueError as error:
            raise forms.ValidationError(_("Write the year and the month, for example 2027-03.")) from error


class BeginForm(forms.Form):
    """The little that a draft needs; everything else is saved as it is written."""

    institution = forms.ChoiceField(label=gettext_lazy("Institution"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    component = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, institutions: Iterable[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institutions = {str(one.pk): one for one in institutions}
        choices = [(pk, str(one)) for pk, one in self.institutions.items()]
        self.fields["institution"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField

    def chosen(self) -> Institution:
        """The institution that will answer for it."""
        return self.institutions[self.cleaned_data["institution"]]

    def texts(self) -> dict[str, str]:
        """The title in the language of the page."""
        return {language(): self.cleaned_data["title"]}


class WrittenForm(forms.Form):
    """What the forms of offers and demands have in common: from a Draft, and back into one."""

    kind: type[Offer] | type[Demand]
    texts: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, thing: Offer | Demand) -> None:
        self.thing = thing
        draft = draft_of(thing, language())
        initial: dict[str, Any] = {"base": thing.revision, **draft.texts, **draft.plain}
        initial["languages"] = thing.languages.split()
        initial |= {name: [str(pk) for pk in draft.sets[name]] for name in draft.sets}
        initial["component"] = str(draft.component.pk) if draft.component else ""
        self.cells = list(Concept.objects.current("quadrants"))
        initial |= {f"days_{one.code}": draft.days.get(one.pk) for one in self.cells}
        super().__init__(data, initial=initial)
        self._choices()
        for name in self.texts:
            self.fields[name].widget.attrs["lang"] = language()
            if not draft.texts[name]:
                self._show_other(name)

    def _choices(self) -> None:
        offered = {name: list(Concept.objects.current(name)) for name in ("topics", "modalities")}
        offered["quadrants"] = self.cells
        for name in self.sets:
            if name in offered:
                # What was chosen before it was retired stays until somebody takes it away.
                kept = [one for one in getattr(self.thing, name).all() if one not in offered[name]]
                choices = [(str(one.pk), str(one)) for one in [*offered[name], *kept]]
                self.fields[name].choices = choices  # type: ignore[attr-defined]  # of a choice field
        others = Country.objects.exclude(pk=self.thing.institution.country_id)
        places = sorted(((one.pk, str(one)) for one in others), key=lambda pair: pair[1])
        self.fields["excluded"].choices = places  # type: ignore[attr-defined]  # of a choice field
        own = Q(programme__country=self.thing.institution.country_id)
        rows = Component.objects.filter(own if self.kind is Offer else ~own, retired=False)
        self.components = {str(one.pk): one for one in rows.select_related("programme")}
        named = [(pk, f"{one.programme} · {one}") for pk, one in self.components.items()]
        self.fields["component"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # of a choice field

    def _show_other(self, name: str) -> None:
        """What stands in another language, for whom writes this one."""
        texts = getattr(self.thing, name)
        code = next((code for code in LANGUAGES if texts.get(code)), None)
        if code:
            told = format_html('<span lang="{}">{}</span>', code, texts[code])
            label = _("Stands in another language:")
            self.fields[name].help_text = format_html("{} {} {}", self.fields[name].help_text, label, told)

    def draft(self) -> Draft:
        """What was filled in."""
        given = self.cleaned_data
        sets: dict[str, frozenset[Any]] = {
            name: frozenset(int(value) if name != "excluded" else value for value in given[name]) for name in self.sets
        }
        plain = {name: given[name] for name in self.plain} | {"languages": joined(given["languages"])}
        if "evidence" in plain:
            plain["evidence"] = int(plain["evidence"]) if plain["evidence"] else None
        days = {one.pk: given[f"days_{one.code}"] for one in self.cells if given.get(f"days_{one.code}")}
        return Draft(
            language(),
            {name: given[name] for name in self.texts},
            plain,
            sets,
            self.components.get(given["component"]),
            days,
        )


def _long(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=5_000, widget=widget)


def _several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


def _one(label: Any, choices: Mapping[str, Promise]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices.items()])


def _money(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=0, max_digits=12, decimal_places=2
    )


def _excluded() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("Countries with which this is not possible"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )


class OfferForm(WrittenForm):
    """An offer, as far as it is written."""

    kind = Offer
    texts, plain, sets = TEXTS[Offer], PLAIN[Offer], SETS[Offer]

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    component = forms.ChoiceField(label=gettext_lazy("Component of a programme"), required=False)
    text = _long(
        gettext_lazy("What is offered"), gettext_lazy("What another institution would receive, and in which steps.")
    )
    topics = _several(gettext_lazy("Topics"))
    quadrants = _several(gettext_lazy("Quadrants of the matrix"))
    modalities = _several(gettext_lazy("Modalities"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages in which you can work"),
        required=False,
        choices=list(SPOKEN.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    prerequisites = _long(gettext_lazy("What the other side needs beforehand"))
    expects = _long(gettext_lazy("What you expect of the other side"))
    gains = _long(gettext_lazy("What you hope to learn"), gettext_lazy("Cooperation gives something to both sides."))
    evidence = forms.ChoiceField(
        label=gettext_lazy("Evidence of the practice"), required=False, choices=[("", "—"), *Evidence.choices]
    )
    capacity_days = forms.IntegerField(
        label=gettext_lazy("Expert-days a year"), required=False, min_value=0, max_value=10_000
    )
    cost = _money(
        gettext_lazy("Cost for the other side, in US dollars"),
        gettext_lazy("Travel, materials and what else it takes."),
    )
    income = _one(gettext_lazy("Income of your country"), INCOME)
    population = _one(gettext_lazy("Population served"), POPULATION)
    government = _one(gettext_lazy("Form of the state"), GOVERNMENT)
    excluded = _excluded()


class DemandForm(WrittenForm):
    """A demand, as far as it is written; the expert-days stand in a field for each quadrant."""

    kind = Demand
    texts, plain, sets = TEXTS[Demand], PLAIN[Demand], SETS[Demand]

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    problem = _long(gettext_lazy("The problem"), gettext_lazy("Whom it touches, since when, and what has been tried."))
    objective = _long(gettext_lazy("What you want to reach"))
    results = _long(gettext_lazy("Results that can be measured"))
    expects = _long(gettext_lazy("What you expect of the other side"))
    gives = _long(gettext_lazy("What the other side can expect of you"))
    counterpart = _long(gettext_lazy("Who will work on it"), gettext_lazy("Unit and posts; names are agreed later."))
    counterpart_hours = forms.IntegerField(
        label=gettext_lazy("Hours a week of your own staff"), required=False, min_value=0, max_value=1_000
    )
    component = forms.ChoiceField(label=gettext_lazy("Component of a programme that you have in mind"), required=False)
    topics = _several(gettext_lazy("Topics"))
    modalities = _several(gettext_lazy("Modalities"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages in which you can work"),
        required=False,
        choices=list(SPOKEN.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    interpretation = forms.BooleanField(label=gettext_lazy("Interpretation is budgeted"), required=False)
    budget = _money(gettext_lazy("Budget, in US dollars"), gettext_lazy("What your institution can pay itself."))
    starts = MonthField(label=gettext_lazy("From which month"), required=False)
    deadline = MonthField(label=gettext_lazy("Until which month"), required=False)
    income = _one(gettext_lazy("Income of your country"), INCOME)
    population = _one(gettext_lazy("Population served"), POPULATION)
    government = _one(gettext_lazy("Form of the state"), GOVERNMENT)
    excluded = _excluded()

    def _choices(self) -> None:
        super()._choices()
        days = {
            f"days_{one.code}": forms.IntegerField(
                label=_("Expert-days: %(quadrant)s") % {"quadrant": one},
                required=False,
                min_value=0,
                max_value=1_000,
            )
            for one in self.cells
        }
        named = list(self.fields.items())
        place = list(self.fields).index("topics") + 1
        self.fields = dict([*named[:place], *days.items(), *named[place:]])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, deadline = given.get("starts"), given.get("deadline")
        if starts and deadline and starts > deadline:
            self.add_error("deadline", _("The last month comes before the first."))
        return given
