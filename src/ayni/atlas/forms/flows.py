"""A question to the atlas of flows. Every choice has something behind it; the address holds the whole question."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayni.atlas.queries.flows.asked import COUNT, VALUE, Answer
from ayni.atlas.queries.flows.offered import choices
from ayni.common.i18n import language
from ayni.common.picker import OneOf, Picker


def _one(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=OneOf)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=Picker)


class Offered(BaseChoiceIterator):
    """Choices that are pairs already: Django looks through each of some hundred otherwise."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)


class FlowForm(forms.Form):
    """All parts are optional."""

    source = _one(gettext_lazy("Source"))
    status = _one(pgettext_lazy("flows", "What is told"))
    unit = _one(gettext_lazy("Currency and prices"))
    measure = _one(pgettext_lazy("flows", "Count"))
    provider = _several(gettext_lazy("Provider"))
    recipient = _several(gettext_lazy("Recipient"))
    region = _several(gettext_lazy("Region of the recipient"))
    sector = _several(gettext_lazy("Sector"))
    topic = _several(gettext_lazy("Topic"))
    modality = _several(gettext_lazy("Modality"))
    since = _one(gettext_lazy("From year"))
    until = _one(gettext_lazy("To year"))

    def __init__(self, answer: Answer, prefix: str | None = None) -> None:
        """Shows what the answer rests on, whether it was asked for or chosen."""
        asked = answer.asked.said()
        self.asked = answer.asked.address()
        basis = answer.basis
        told = {"source": basis.source, "status": basis.status} if basis else {}
        super().__init__(initial={**told, "measure": answer.measure, **asked}, prefix=prefix)
        offered = choices(answer, language())
        offered |= {"since": offered.get("year", []), "until": offered.get("year", [])}
        offered["measure"] = (
            [(VALUE, _("Money")), (COUNT, _("Records"))] if basis and basis.currency else [(COUNT, _("Records"))]
        )
        first = {name: [("", _("All"))] for name in ("since", "until")} | {"unit": [("", _("As the source tells it"))]}
        for name, field in self.fields.items():
            assert isinstance(field, forms.ChoiceField)
            field.choices = Offered([*first.get(name, []), *_with(offered.get(name, []), asked.get(name, ""))])

    def add_prefix(self, field_name: str) -> str:
        """`a-provider` of the first of two questions."""
        return f"{self.prefix}{field_name}" if self.prefix else field_name


def _with(offered: list[tuple[str, str]], asked: str | list[str]) -> list[tuple[str, str]]:
    """What was asked for stays chosen, though nothing is behind it: the page then says that nothing was found."""
    known = {code for code, _label in offered}
    wanted = [asked] if isinstance(asked, str) else asked
    return [*offered, *((code, code) for code in wanted if code and code not in known)]
