"""The forms with which the secretariat sets up an exchange round."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Country, Institution
from ayni.exchange.actions.rounds.setting_up import RoundFrame
from ayni.exchange.forms.rounds.choices import DayInput, LanguagesField, TimeInput, offer
from ayni.exchange.models import ExchangeRound

ZONES = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if name.startswith("America/")]


class ExchangeRoundForm(TextsForm):
    texts = (Texts("title", _("Title"), required_in=("es",)), Texts("place", _("Place"), required_in=("es",)))
    first = ("code",)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Part of the address: small letters, numbers and hyphens, for example rueda-2027."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    interests_until = forms.DateField(label=_("Interests until"), widget=DayInput)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES, initial="America/Panama")
    languages = LanguagesField(label=_("Languages of the round"))

    def __init__(self, *args: Any, round: ExchangeRound | None = None, **kwargs: Any) -> None:
        self.round = round
        if round is not None:
            kwargs["initial"] = {
                **{name: getattr(round, name) for name in ("starts_on", "ends_on", "interests_until", "time_zone")},
                **spread("title", round.title),
                **spread("place", round.place),
                "languages": round.spoken,
            }
        super().__init__(*args, **kwargs)
        if round is not None:
            del self.fields["code"]

    def frame(self) -> RoundFrame:
        names = ("starts_on", "ends_on", "interests_until", "time_zone", "languages")
        return RoundFrame(
            title=self.text("title"),
            place=self.text("place"),
            fictional=self.round.fictional if self.round else False,
            **{name: self.cleaned_data[name] for name in names},
        )


class DelegationForm(forms.Form):
    institution = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        required=False,
        help_text=_("Leave it empty for the delegation of a country's cooperation agency."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    languages = LanguagesField(label=_("Languages"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institutions = self.fields["institution"]
        assert isinstance(institutions, forms.ModelChoiceField)
        institutions.queryset = Institution.objects.filter(country__isnull=False).prefetch_related("names")
        countries = sorted(((one.pk, str(one)) for one in Country.objects.all()), key=lambda one: one[1])
        offer(self.fields["country"], [("", _("The institution's own")), *countries])

    def values(self) -> dict[str, Any]:
        code = self.cleaned_data["country"]
        return {
            "institution": self.cleaned_data["institution"],
            "country": Country.objects.get(pk=code) if code else None,
            "languages": self.cleaned_data["languages"],
        }


class SlotForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput)
    starts_at = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("Ends at"), widget=TimeInput)
    is_break = forms.BooleanField(label=_("A break"), required=False)


class RoomForm(forms.Form):
    name = forms.CharField(label=_("Name of the room"), max_length=80)


class InterpretersForm(forms.Form):
    one_language = forms.ChoiceField(label=_("From"), choices=settings.LANGUAGES)
    other_language = forms.ChoiceField(label=_("To"), choices=settings.LANGUAGES, initial="en")
    count = forms.IntegerField(
        label=_("At the same time"), min_value=0, max_value=50, help_text=_("0 takes the pair away.")
    )

    def values(self) -> dict[str, Any]:
        pair = (self.cleaned_data["one_language"], self.cleaned_data["other_language"])
        return {"pair": pair, "count": self.cleaned_data["count"]}
