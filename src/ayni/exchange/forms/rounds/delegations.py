"""The forms of a delegation: its languages and absences, its people, its programmes, and whom it wants to meet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm
from ayni.exchange.actions.rounds.interests import Wanted
from ayni.exchange.forms.rounds.choices import LanguagesField, SlotsField, offer, term, terms
from ayni.exchange.models import Aim, Delegation, Interest
from ayni.exchange.queries.rounds.overview import bringing, may_ask

WEIGHTS = ((3, _("3: it must be held")), (2, _("2: it would be useful")), (1, _("1: if there is room")))


class LanguagesForm(forms.Form):
    languages = LanguagesField(label=_("Languages in which it works"))


class AbsencesForm(forms.Form):
    slots = SlotsField(label=_("Away in"))

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        kwargs["initial"] = {"slots": [one.slot_id for one in delegation.absences.all()]}
        super().__init__(*args, **kwargs)
        slots = self.fields["slots"]
        assert isinstance(slots, SlotsField)
        slots.queryset = delegation.round.slots.filter(is_break=False)


class DelegateForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("Only this delegation and the secretariat see it. The record of changes does not keep it."),
    )
    position = forms.CharField(label=_("Position"), max_length=150, required=False)
    leads = forms.BooleanField(label=_("Leads the delegation"), required=False)


class RoundProgrammeForm(TextsForm):
    texts = (Texts("name", _("Name"), required_in=()),)
    topic = forms.ChoiceField(label=_("Topic"))
    quadrant = forms.ChoiceField(label=_("Quadrant"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["topic"], terms("topics"))
        offer(self.fields["quadrant"], terms("quadrants", empty=_("Not said")))

    def values(self) -> dict[str, Any]:
        return {
            "name": self.text("name"),
            "topic": term("topics", self.cleaned_data["topic"]),
            "quadrant": term("quadrants", self.cleaned_data["quadrant"]),
        }


class InterestForm(forms.Form):
    partner = forms.ChoiceField(label=_("Whom to meet"))
    aim = forms.ChoiceField(
        label=_("To what end"),
        choices=[(Aim.SEEK, _("We want to learn from it")), (Aim.OFFER, _("We want to share with it"))],
        widget=forms.RadioSelect,
        initial=Aim.SEEK,
    )
    topic = forms.ChoiceField(label=_("Topic"))
    quadrant = forms.ChoiceField(label=_("Quadrant"), required=False)
    programme = forms.ChoiceField(label=_("About the programme"), required=False)
    weight = forms.TypedChoiceField(
        label=_("How important"), choices=WEIGHTS, coerce=int, widget=forms.RadioSelect, initial=2
    )
    note = forms.CharField(
        label=_("What you would like to talk about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, delegation: Delegation, interest: Interest | None = None, **kwargs: Any) -> None:
        if interest is not None:
            kwargs["initial"] = {
                "partner": interest.partner.code,
                "aim": interest.aim,
                "topic": interest.topic.code,
                "quadrant": interest.quadrant.code if interest.quadrant else "",
                "programme": interest.programme_id or "",
                "weight": interest.weight,
                "note": interest.note,
            }
        super().__init__(*args, **kwargs)
        self.partners = {one.code: one for one in may_ask(delegation)}
        known = {delegation.pk, *(one.pk for one in self.partners.values())}
        self.programmes = {str(one.pk): one for one in bringing(delegation.round) if one.delegation_id in known}
        offer(
            self.fields["partner"],
            [("", _("Choose one")), *((code, str(one)) for code, one in self.partners.items())],
        )
        offer(self.fields["topic"], terms("topics"))
        offer(self.fields["quadrant"], terms("quadrants", empty=_("Not said")))
        named = sorted((str(one.delegation), str(one), key) for key, one in self.programmes.items())
        offer(
            self.fields["programme"],
            [("", _("None in particular")), *((key, f"{owner}: {name}") for owner, name, key in named)],
        )

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        topic = term("topics", given["topic"])
        assert topic is not None
        return Wanted(
            partner=self.partners[given["partner"]],
            aim=given["aim"],
            topic=topic,
            weight=given["weight"],
            quadrant=term("quadrants", given["quadrant"]),
            programme=self.programmes.get(given["programme"]),
            note=given["note"],
        )
