"""Forms about obstacles."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Concept, Country, Institution
from ayni.learning.actions.obstacles import Measure, ObstacleFacts
from ayni.learning.models import Obstacle, Worked
from ayni.learning.queries.obstacles import kinds
from ayni.registry.forms.fields import day, named, offer, with_country
from ayni.registry.models import Initiative

STANDINGS = (
    ("unmet", pgettext_lazy("obstacle", "without a counter-measure")),
    ("met", pgettext_lazy("obstacle", "with a counter-measure")),
    ("ended", pgettext_lazy("obstacle", "over")),
)


class ObstacleFilter(forms.Form):
    """What the list can be asked for; the address holds it."""

    text = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Type of obstacle"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    standing = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=1950, max_value=2100)

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = _("All")
        grouped = [
            (
                str(group),
                [
                    (group.code, _("All of: %(group)s") % {"group": group}),
                    *((one.code, str(one)) for one in below),
                ],
            )
            for group, below in kinds()
        ]
        offer(self, "kind", grouped, every)
        offer(self, "country", named({one.pk: one for one in countries}), every)
        offer(self, "standing", STANDINGS, every)

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class ObstacleForm(TextsForm):
    """What stood in the way."""

    texts = (Texts("text", gettext_lazy("What stood in the way"), long=True),)
    first = ("institution", "initiative", "kind", "seen_on")
    institution = forms.ChoiceField(label=gettext_lazy("Institution that met it"))
    initiative = forms.ChoiceField(label=gettext_lazy("In the initiative"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type of obstacle"))
    seen_on = day(gettext_lazy("Seen on"), required=True)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        institutions: list[Institution],
        initiatives: list[Initiative],
        within: Initiative | None = None,
        obstacle: Obstacle | None = None,
    ) -> None:
        super().__init__(data, initial=_obstacle(obstacle) if obstacle else {"seen_on": timezone.localdate()})
        self.institutions = {one.code: one for one in institutions}
        self.initiatives = {one.code: one for one in initiatives}
        self.within = within
        grouped = kinds()
        self.kinds: dict[str, Concept] = {one.code: one for _group, below in grouped for one in below}
        if obstacle is not None:
            self.kinds = {obstacle.kind.code: obstacle.kind} | self.kinds
            del self.fields["institution"]
        else:
            offer(self, "institution", with_country(self.institutions), None if len(institutions) == 1 else "")
        if within is not None:
            del self.fields["initiative"]
        else:
            found = [(code, f"{code} · {one}") for code, one in self.initiatives.items()]
            offer(self, "initiative", found, _("The country's cooperation as a whole (everybody reads it)"))
        offer(self, "kind", [(str(group), [(one.code, str(one)) for one in below]) for group, below in grouped], "")

    def keeper(self) -> Institution:
        """The institution that met it."""
        return self.institutions[self.cleaned_data["institution"]]

    def facts(self) -> ObstacleFacts:
        """What was filled in."""
        given = self.cleaned_data
        return ObstacleFacts(
            kind=self.kinds[given["kind"]],
            text=self.text("text"),
            seen_on=given["seen_on"],
            initiative=self.within or self.initiatives.get(given.get("initiative", "")),
        )


class MeasureForm(TextsForm):
    """What was done about it."""

    texts = (Texts("counter_measure", gettext_lazy("Counter-measure"), long=True),)
    first = ("taken_on",)
    taken_on = day(gettext_lazy("Taken on"))
    worked = forms.ChoiceField(label=gettext_lazy("Did it work?"), choices=Worked.choices)
    ended_on = day(
        gettext_lazy("The obstacle ended on"), help_text=gettext_lazy("Leave it empty while the obstacle stands.")
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, obstacle: Obstacle) -> None:
        initial = {name: getattr(obstacle, name) for name in ("taken_on", "worked", "ended_on")}
        texts = spread("counter_measure", obstacle.counter_measure)
        super().__init__(data, initial={**initial, **texts, "base": obstacle.revision})

    def measure(self) -> Measure:
        """What was filled in."""
        given = self.cleaned_data
        return Measure(self.text("counter_measure"), given["taken_on"], given["worked"], given["ended_on"])


def _obstacle(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "initiative": obstacle.initiative.code if obstacle.initiative else "",
        "kind": obstacle.kind.code,
        "seen_on": obstacle.seen_on,
        "base": obstacle.revision,
        **spread("text", obstacle.text),
    }
