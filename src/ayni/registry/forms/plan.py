"""Forms about work plans and calendars."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Country, Expert, Institution
from ayni.directory.models.spoken import SPOKEN
from ayni.directory.queries.experts import called
from ayni.registry.actions.plan.steps import Report
from ayni.registry.actions.plan.writing import ActivityFacts
from ayni.registry.forms.fields import day, in_order, named, offer, terms
from ayni.registry.models import Activity, Initiative
from ayni.registry.queries.plan.days import days_between


class ActivityForm(TextsForm):
    """What is done when, where, how, and which institution sees to it."""

    texts = (
        Texts("title", gettext_lazy("Title"), longest=250),
        Texts("description", gettext_lazy("Description"), long=True),
    )
    first = ("modality", "institution", "starts_on", "ends_on", "online", "country", "place", "part", "follow_up")
    modality = forms.ChoiceField(label=gettext_lazy("Modality"))
    institution = forms.ChoiceField(label=gettext_lazy("Institution that sees to it"))
    starts_on = day(gettext_lazy("First day"), required=True)
    ends_on = day(
        gettext_lazy("Last day"),
        required=True,
        help_text=gettext_lazy("Other dates ask every side again, and free the experts of the days left out."),
    )
    online = forms.BooleanField(label=gettext_lazy("Online: a videoconference"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=150)
    part = forms.ChoiceField(label=gettext_lazy("Part of the initiative"), required=False)
    follow_up = forms.BooleanField(
        label=gettext_lazy("Follow-up"),
        help_text=gettext_lazy("After the end: does what was transferred still live? Possible in ex-post too."),
        required=False,
    )
    spoken = forms.ChoiceField(label=gettext_lazy("Interpreted from"), required=False)
    heard = forms.ChoiceField(label=gettext_lazy("Interpreted into"), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, initiative: Initiative, activity: Activity | None = None) -> None:
        super().__init__(data, initial=_initial(activity) if activity else {"follow_up": initiative.state == "ex-post"})
        self.modalities = terms("modalities", [activity.modality] if activity else [])
        self.institutions: dict[str, Institution] = {
            one.institution.code: one.institution for one in initiative.participations.all()
        }
        if activity is not None:
            self.institutions.setdefault(activity.institution.code, activity.institution)
        self.countries = {one.pk: one for one in Country.objects.all()}
        self.parts = {str(one.number): one for one in initiative.components.all()}
        offer(self, "modality", in_order(self.modalities), "")
        offer(self, "institution", named(self.institutions), "")
        offer(self, "country", named(self.countries), "")
        if self.parts:
            offer(self, "part", in_order(self.parts), _("The whole initiative"))
        else:
            del self.fields["part"]
        _offer_languages(self)

    def clean(self) -> dict[str, Any]:
        """A pair of languages is two of them."""
        return _paired(self, super().clean() or self.cleaned_data)

    def facts(self) -> ActivityFacts:
        """What was filled in."""
        given = self.cleaned_data
        return ActivityFacts(
            title=self.text("title"),
            description=self.text("description"),
            modality=self.modalities[given["modality"]],
            institution=self.institutions[given["institution"]],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            online=given["online"],
            country=self.countries.get(given["country"]),
            place=given["place"],
            part=self.parts.get(given.get("part", "")),
            follow_up=given["follow_up"],
            interpretation=_pair(given),
        )


class ReportForm(TextsForm):
    """What an activity came to. A number that nobody knows stays empty: it is not a zero."""

    texts = (Texts("report", gettext_lazy("What came of it"), long=True, longest=8_000),)
    women = forms.IntegerField(label=gettext_lazy("Women"), required=False, min_value=0, max_value=100_000)
    men = forms.IntegerField(label=gettext_lazy("Men"), required=False, min_value=0, max_value=100_000)
    others = forms.IntegerField(
        label=gettext_lazy("Of another sex, or not asked"), required=False, min_value=0, max_value=100_000
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours of the activity"), required=False, min_value=0, max_value=100_000
    )
    counterpart_hours = forms.IntegerField(
        label=gettext_lazy("Hours that counterparts gave"), required=False, min_value=0, max_value=100_000
    )
    journeys = forms.IntegerField(label=gettext_lazy("Journeys"), required=False, min_value=0, max_value=10_000)
    interpretation_hours = forms.IntegerField(
        label=gettext_lazy("Hours interpreted"), required=False, min_value=0, max_value=10_000
    )
    spoken = forms.ChoiceField(label=gettext_lazy("Interpreted from"), required=False)
    heard = forms.ChoiceField(label=gettext_lazy("Interpreted into"), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, initial=_reported(activity))
        _offer_languages(self)

    def clean(self) -> dict[str, Any]:
        """A pair of languages is two of them."""
        return _paired(self, super().clean() or self.cleaned_data)

    def report(self) -> Report:
        """What was filled in."""
        given = self.cleaned_data
        numbers = ("women", "men", "others", "hours", "counterpart_hours", "journeys")
        return Report(
            text=self.text("report"),
            interpretation_hours=given["interpretation_hours"] or 0,
            interpretation=_pair(given),
            **{name: given[name] for name in numbers},
        )


class BookingForm(forms.Form):
    """An expert, and the days that the expert gives."""

    expert = forms.ChoiceField(label=gettext_lazy("Expert"))
    first = day(gettext_lazy("From"), required=True)
    last = day(gettext_lazy("Until"), required=True)
    weekends = forms.BooleanField(label=gettext_lazy("Saturdays and Sundays too"), required=False)
    hours = forms.IntegerField(label=gettext_lazy("Hours a day"), min_value=1, max_value=24, initial=8)

    def __init__(self, data: Any = None, *, activity: Activity, experts: list[Expert], user: Any) -> None:
        super().__init__(data, initial={"first": activity.starts_on, "last": activity.ends_on})
        self.experts = {str(one.pk): one for one in experts}
        self.activity = activity
        choices = [(pk, f"{called(user, one)} · {one.institution}") for pk, one in self.experts.items()]
        offer(self, "expert", choices, "")

    def clean(self) -> dict[str, Any]:
        """In order, and within the activity."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and (first < self.activity.starts_on or last > self.activity.ends_on):
            self.add_error(None, _("The days lie outside the activity: choose among its own."))
        return given

    def chosen(self) -> Expert:
        """The expert."""
        return self.experts[self.cleaned_data["expert"]]

    def days(self) -> list[date]:
        """The days asked for."""
        given = self.cleaned_data
        return days_between(given["first"], given["last"], weekends=given["weekends"])


class CalendarFilter(forms.Form):
    """What the calendar can be asked for; the address holds it."""

    month = forms.CharField(widget=forms.HiddenInput, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    initiative = forms.ChoiceField(label=gettext_lazy("Initiative"), required=False)

    def __init__(self, data: Any, *, countries: list[Country], initiatives: list[Initiative], month: date) -> None:
        super().__init__(data, initial={"month": f"{month:%Y-%m}"})
        offer(self, "country", named({one.pk: one for one in countries}), _("All"))
        offer(self, "initiative", [(one.code, f"{one} ({one.code})") for one in initiatives], _("All"))

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value and name != "month"}


class FeedForm(forms.Form):
    """Which activities an address holds."""

    initiative = forms.ChoiceField(label=gettext_lazy("Activities of"), required=False)

    def __init__(self, data: Any = None, *, initiatives: list[Initiative], chosen: str = "") -> None:
        super().__init__(data, initial={"initiative": chosen})
        self.initiatives = {one.code: one for one in initiatives}
        offer(self, "initiative", named(self.initiatives), _("All initiatives that I can read"))

    def chosen(self) -> Initiative | None:
        """The initiative, or none for all."""
        return self.initiatives.get(self.cleaned_data["initiative"])


def _offer_languages(form: forms.Form) -> None:
    for name in ("spoken", "heard"):
        offer(form, name, [(code, str(label)) for code, label in SPOKEN.items()], _("Not interpreted"))


def _paired(form: forms.Form, given: dict[str, Any]) -> dict[str, Any]:
    spoken, heard = given.get("spoken", ""), given.get("heard", "")
    if bool(spoken) != bool(heard) or (spoken and spoken == heard):
        form.add_error("heard", _("Interpretation is between two languages: choose both, or neither."))
    return given


def _pair(given: dict[str, Any]) -> str:
    return f"{given['spoken']}-{given['heard']}" if given["spoken"] else ""


def _languages(activity: Activity) -> dict[str, str]:
    spoken, _dash, heard = activity.interpretation.partition("-")
    return {"spoken": spoken, "heard": heard}


def _initial(activity: Activity) -> dict[str, Any]:
    return {
        "modality": activity.modality.code,
        "institution": activity.institution.code,
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "online": activity.online,
        "country": activity.country_id or "",
        "place": activity.place,
        "part": str(activity.part.number) if activity.part else "",
        "follow_up": activity.follow_up,
        "base": activity.revision,
        **_languages(activity),
        **spread("title", activity.title),
        **spread("description", activity.description),
    }


def _reported(activity: Activity) -> dict[str, Any]:
    numbers = ("women", "men", "others", "hours", "counterpart_hours", "journeys", "interpretation_hours")
    return {
        **{name: getattr(activity, name) for name in numbers},
        "base": activity.revision,
        **_languages(activity),
        **spread("report", activity.report),
    }


def standing(form: forms.Form, stands: forms.Form) -> list[dict[str, Any]]:
    """What the other person has saved otherwise than what was filled in here: [{label, value}]."""
    names = [name for name in form.fields if name != "base"]
    return [
        {"label": form.fields[name].label, "value": shown(stands, name)}
        for name in names
        if shown(stands, name) != shown(form, name)
    ]


def shown(form: forms.Form, name: str) -> str:
    """What a field holds, in the words of its choices."""
    value = form[name].value()
    text = "" if value in (None, "") else str(value)
    labels = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
    return labels.get(text, text)
