"""Filters of the picture pages. Every choice comes from the edition itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.atlas.figures.question import periods
from ayni.atlas.queries.editions import Edition
from ayni.atlas.queries.facts import Atlas
from ayni.common.i18n import folded, text_in

Choices = list[tuple[str, str]]


class MapForm(forms.Form):
    """What the map shows. All parts are optional; the address carries them."""

    view = forms.CharField(required=False, widget=forms.HiddenInput)
    edition = forms.ChoiceField(label=gettext_lazy("Edition"), required=False)
    institution = forms.ChoiceField(label=gettext_lazy("Institution"), required=False)
    reporter = forms.ChoiceField(label=gettext_lazy("Reporting country"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country (either side)"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region of the partner"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, data: Any, *, atlas: Atlas, edition: Edition, editions: list[Edition]) -> None:
        super().__init__(data)
        self._choose("edition", [(found.code, text_in(found.title)) for found in editions], every=False)
        self.initial["edition"] = edition.code
        if len(editions) < 2:
            del self.fields["edition"]
        self._choose(
            "institution",
            [
                (code, f"{atlas.acronym(code)} ({atlas.name(who['country'])})")
                for code, who in atlas.institutions.items()
            ],
        )
        self._choose("reporter", [(code, atlas.name(code)) for code in atlas.by_name(atlas.reporters)])
        named = {code for mark in atlas.marks for code in (mark.reporter, mark.partner) if code in atlas.countries}
        self._choose("country", [(code, atlas.name(code)) for code in atlas.by_name(named)])
        self._choose(
            "region",
            [
                (_("As printed in 2010"), [(code, text_in(name)) for code, name in atlas.regions.items()]),
                (_("United Nations (M49)"), [(code, text_in(name)) for code, name in atlas.m49.items()]),
            ],
        )
        self._choose("period", [(period, period.replace("-", "–")) for period in periods(atlas)])
        topics = atlas.content["concepts"].get("topics", {})
        asked = [(code, text_in(topics[code]["label"])) for code in atlas.figures["F10"]["rows"]]
        self._choose("topic", sorted(asked, key=lambda choice: folded(choice[1])))

    def _choose(self, name: str, choices: Iterable[Any], every: bool = True) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*([("", _("All"))] if every else []), *choices]

    def question(self) -> dict[str, str]:
        """What was asked and is known; parts in error are left open."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        found.pop("edition", None)
        return found
