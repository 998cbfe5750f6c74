"""Forms about initiatives."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Component, Concept, Country, Institution
from ayni.registry.actions.initiatives.frame import InitiativeFacts
from ayni.registry.actions.initiatives.participations import Part
from ayni.registry.forms.fields import COLUMNS, day, every_institution, in_order, named, offer, terms, with_country
from ayni.registry.models import (
    SCHEMES,
    Agreement,
    Continuity,
    Formality,
    Initiative,
    InitiativeState,
    Participation,
    Size,
)

TEXTS = ("title", "objective", "summary")
DAYS = ("requested_on", "answered_on", "starts_on", "ends_on")
RECORDS = (
    ("validated", pgettext_lazy("record", "validated by every side")),
    ("unilateral", pgettext_lazy("record", "declared by one side alone")),
    ("waiting", pgettext_lazy("record", "not settled yet")),
)


class InitiativeFilter(forms.Form):
    """What the list can be asked for; the address holds it."""

    text = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    institution = forms.ChoiceField(label=gettext_lazy("Institution"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type of cooperation"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    modality = forms.ChoiceField(label=gettext_lazy("Modality"), required=False)
    quadrant = forms.ChoiceField(label=gettext_lazy("Quadrant"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    record = forms.ChoiceField(label=gettext_lazy("Record"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=1950, max_value=2100)

    def __init__(
        self,
        *args: Any,
        countries: list[Country],
        institutions: list[Institution],
        all_records: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = _("All")
        offer(self, "country", named({one.pk: one for one in countries}), every)
        offer(self, "institution", named({one.code: one for one in institutions}), every)
        offer(self, "type", in_order(terms("cooperation-types")), every)
        for name, scheme in (("topic", "topics"), ("modality", "modalities"), ("quadrant", "quadrants")):
            offer(self, name, in_order(terms(scheme)), every)
        offer(self, "state", InitiativeState.choices, every)
        offer(self, "record", RECORDS if all_records else RECORDS[:2], every)

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class InitiativeForm(TextsForm):
    """The frame of an initiative."""

    texts = (
        Texts("title", gettext_lazy("Title"), longest=250),
        Texts("objective", gettext_lazy("Objective"), long=True),
        Texts("summary", gettext_lazy("Summary"), long=True),
    )
    first = ("institution", "role", "cooperation_type", "size")
    institution = forms.ChoiceField(label=gettext_lazy("Institution that keeps the record"))
    role = forms.ChoiceField(label=gettext_lazy("Its role"))
    cooperation_type = forms.ChoiceField(label=gettext_lazy("Type of cooperation"))
    size = forms.ChoiceField(label=gettext_lazy("Size"), choices=Size.choices, initial=Size.PROJECT)
    starts_on = day(gettext_lazy("Planned from"))
    ends_on = day(gettext_lazy("Planned until"))
    requested_on = day(gettext_lazy("Asked for on"))
    answered_on = day(gettext_lazy("Answered on"))
    formality = forms.ChoiceField(label=gettext_lazy("Formality"), required=False)
    continuity = forms.ChoiceField(label=gettext_lazy("Continuity"), required=False)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, widget=forms.CheckboxSelectMultiple(attrs=COLUMNS)
    )
    modalities = forms.MultipleChoiceField(
        label=gettext_lazy("Modalities"), required=False, widget=forms.CheckboxSelectMultiple(attrs=COLUMNS)
    )
    quadrants = forms.MultipleChoiceField(
        label=gettext_lazy("Quadrants of the matrix"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=COLUMNS),
    )
    goals = forms.MultipleChoiceField(
        label=gettext_lazy("Sustainable Development Goals"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=COLUMNS),
    )
    agreements = forms.MultipleChoiceField(
        label=gettext_lazy("Agreements that cover it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parent = forms.ChoiceField(label=gettext_lazy("Part of the programme"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=300)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        institutions: list[Institution],
        agreements: list[Agreement],
        above: list[Initiative],
        initiative: Initiative | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(initiative) if initiative else None)
        self.institutions = {one.code: one for one in institutions}
        self.roles = terms("cooperation-roles")
        self.types = terms("cooperation-types", [initiative.cooperation_type] if initiative else [])
        self.above = {one.code: one for one in above}
        self.lists: dict[str, dict[str, Any]] = {
            name: terms(scheme, getattr(initiative, name).all() if initiative else [])
            for name, scheme in SCHEMES.items()
        }
        self.lists["agreements"] = {str(one.pk): one for one in agreements}
        if initiative is not None:
            del self.fields["institution"], self.fields["role"]
        else:
            offer(self, "institution", named(self.institutions), "")
            offer(self, "role", in_order(self.roles), "")
        offer(self, "cooperation_type", in_order(self.types), "")
        offer(self, "formality", Formality.choices, _("Not recorded"))
        offer(self, "continuity", Continuity.choices, _("Not recorded"))
        offer(self, "parent", named(self.above), _("No programme"))
        for name in SCHEMES:
            offer(self, name, in_order(self.lists[name]), None)
        offer(self, "agreements", [(pk, f"{one} · {one.form}") for pk, one in self.lists["agreements"].items()], None)

    def facts(self) -> InitiativeFacts:
        """What was filled in."""
        given = self.cleaned_data
        return InitiativeFacts(
            cooperation_type=self.types[given["cooperation_type"]],
            size=given["size"],
            formality=given["formality"],
            continuity=given["continuity"],
            parent=self.above.get(given["parent"]),
            source=given["source"],
            title=self.text("title"),
            objective=self.text("objective"),
            summary=self.text("summary"),
            requested_on=given["requested_on"],
            answered_on=given["answered_on"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            topics=self._chosen("topics"),
            modalities=self._chosen("modalities"),
            quadrants=self._chosen("quadrants"),
            goals=self._chosen("goals"),
            agreements=self._chosen("agreements"),
        )

    def _chosen(self, name: str) -> tuple[Any, ...]:
        return tuple(self.lists[name][code] for code in self.cleaned_data[name])

    def known(self, name: str) -> list[Any]:
        """What a field can choose among: "agreements" or "parent"."""
        return list((self.above if name == "parent" else self.lists[name]).values())

    def shown(self, name: str) -> str:
        """What a field holds, in the words of its choices."""
        value = self[name].value()
        chosen = [str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one not in (None, "")]
        labels = {str(code): str(label) for code, label in getattr(self.fields[name], "choices", ())}
        return ", ".join(labels.get(code, code) for code in chosen)

    def keeper(self) -> tuple[Institution, Concept]:
        """The institution that keeps the record, and its role."""
        given = self.cleaned_data
        return self.institutions[given["institution"]], self.roles[given["role"]]


class ParticipationForm(TextsForm):
    """An institution's role, in the whole or in one component, and who answers for it there."""

    texts = (Texts("tasks", gettext_lazy("What it does"), long=True),)
    first = ("institution", "component", "role", "counterpart", "hours_a_month")
    institution = forms.ChoiceField(label=gettext_lazy("Institution"))
    component = forms.ChoiceField(label=gettext_lazy("In which part"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    counterpart = forms.CharField(
        label=gettext_lazy("Counterpart"),
        help_text=gettext_lazy("The person who answers for the initiative there."),
        required=False,
        max_length=150,
    )
    hours_a_month = forms.IntegerField(label=gettext_lazy("Hours a month"), required=False, min_value=1, max_value=744)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        initiative: Initiative,
        participation: Participation | None = None,
        own: bool = True,
    ) -> None:
        """`own`: the reader says who answers for the institution; otherwise that is shown, and stays as it is."""
        super().__init__(data, initial=_part(initiative, participation) if participation else None)
        for name, field in self.fields.items():
            field.disabled = not own and name not in ("role", "base")
        self.participation = participation
        self.roles = terms("cooperation-roles", [participation.role] if participation else [])
        self.parts = {str(one.number): one for one in initiative.components.all()}
        self.institutions: dict[str, Institution] = {}
        if participation is not None:
            del self.fields["institution"], self.fields["component"]
        else:
            self.institutions = every_institution()
            offer(self, "institution", with_country(self.institutions), "")
            offer(self, "component", in_order(self.parts), _("In the whole initiative"))
        offer(self, "role", in_order(self.roles), "")

    def part(self) -> Part:
        """What was filled in."""
        given, standing = self.cleaned_data, self.participation
        return Part(
            institution=standing.institution if standing else self.institutions[given["institution"]],
            component=standing.part if standing else self.parts.get(given["component"]),
            role=self.roles[given["role"]],
            counterpart=given["counterpart"],
            hours_a_month=given["hours_a_month"],
            tasks=self.text("tasks"),
        )


class ComponentForm(TextsForm):
    """A part of an initiative, with what it transfers."""

    texts = (Texts("title", gettext_lazy("Title"), longest=250),)
    component = forms.ChoiceField(label=gettext_lazy("What it transfers"), required=False)

    def __init__(self, data: Any = None, *, initiative: Initiative) -> None:
        super().__init__(data)
        sides = [one.institution_id for one in initiative.participations.all()]
        rows = Component.objects.filter(programme__institution__in=sides, retired=False).select_related("programme")
        self.components = {str(one.pk): one for one in rows}
        choices = sorted(((pk, f"{one.programme}: {one}") for pk, one in self.components.items()), key=lambda p: p[1])
        offer(self, "component", choices, _("Nothing of the catalogue"))

    def chosen(self) -> Component | None:
        """The component of the catalogue."""
        return self.components.get(self.cleaned_data["component"])


class DecisionForm(TextsForm):
    """What was decided."""

    texts = (Texts("text", gettext_lazy("What was decided"), long=True),)
    first = ("decided_on",)
    decided_on = day(gettext_lazy("Decided on"), required=True)
    joint = forms.BooleanField(label=gettext_lazy("By all sides together"), required=False, initial=True)


def _initial(initiative: Initiative) -> dict[str, Any]:
    found: dict[str, Any] = {
        "cooperation_type": initiative.cooperation_type.code,
        "size": initiative.size,
        "formality": initiative.formality,
        "continuity": initiative.continuity,
        "parent": initiative.parent.code if initiative.parent else "",
        "source": initiative.source,
        "base": initiative.revision,
        "agreements": [str(one.pk) for one in initiative.agreements.all()],
    }
    found |= {name: getattr(initiative, name) for name in DAYS}
    found |= {name: [one.code for one in getattr(initiative, name).all()] for name in SCHEMES}
    for name in TEXTS:
        found |= spread(name, getattr(initiative, name))
    return found


def _part(initiative: Initiative, participation: Participation) -> dict[str, Any]:
    return {
        "role": participation.role.code,
        "counterpart": participation.counterpart,
        "hours_a_month": participation.hours_a_month,
        "base": initiative.revision,
        **spread("tasks", participation.tasks),
    }
