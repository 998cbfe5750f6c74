"""The form of an offer that a lesson leads to."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.directory.models import Component


class LessonOfferForm(forms.Form):
    """Which component is offered."""

    component = forms.ChoiceField(label=gettext_lazy("What is offered"), required=False)

    def __init__(self, data: Any = None, *, components: list[Component]) -> None:
        super().__init__(data, initial={"component": str(components[0].pk)} if components else None)
        self.components = {str(one.pk): one for one in components}
        choices = [(pk, f"{one.programme}: {one}") for pk, one in self.components.items()]
        self.fields["component"].choices = [*choices, ("", _("What was learned as a whole"))]  # type: ignore[attr-defined]  # of a choice field

    def chosen(self) -> Component | None:
        """The component; None for what was learned as a whole."""
        return self.components.get(self.cleaned_data["component"])
