"""The form of an amendment: the whole text and what each party commits itself to, as they are to become."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import text_in
from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.registry.actions.amendments import AmendmentFacts
from ayni.registry.forms.agreements import AgreementForm
from ayni.registry.forms.fields import day
from ayni.registry.models import Agreement, Amendment, AmendmentKind
from ayni.registry.queries.amendments import COPIED, copy_of


class AmendmentForm(TextsForm):
    """What is agreed, and the text that it leads to."""

    first = ("kind", "agreed_on", "valid_to")
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=AmendmentKind.choices)
    agreed_on = day(gettext_lazy("In effect from"))
    valid_to = day(gettext_lazy("New last day"), help_text=gettext_lazy("Only for a renewal."))
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, agreement: Agreement, amendment: Amendment | None = None) -> None:
        self.parties = list(agreement.parties.all())
        commitments = [
            Texts(f"party{one.pk}", _("Commitments of %(party)s") % {"party": one.institution.with_country}, long=True)
            for one in self.parties
        ]
        self.texts = (Texts("changes", gettext_lazy("What was agreed"), long=True), *AgreementForm.texts, *commitments)
        self.amendment = amendment
        super().__init__(data, initial=self._initial(agreement))
        if amendment is not None:
            del self.fields["kind"]

    def facts(self) -> AmendmentFacts:
        """What was filled in."""
        given = self.cleaned_data
        texts: dict[str, Any] = {name: self.text(name) for name in COPIED}
        texts["commitments"] = {one.institution.code: self.text(f"party{one.pk}") for one in self.parties}
        return AmendmentFacts(self.text("changes"), texts, given["agreed_on"], given["valid_to"])

    def standing(self) -> dict[str, tuple[Any, str]]:
        """{field: (its label, what it says now)} of everything that two people may have changed at once."""
        initial = self.initial
        return {
            name: (field.label, text_in(str(initial.get(name) or "")))
            for name, field in self.fields.items()
            if name != "base"
        }

    def _initial(self, agreement: Agreement) -> dict[str, Any]:
        found: dict[str, Any] = {}
        amendment = self.amendment
        texts = amendment.texts if amendment else copy_of(agreement)
        if amendment is not None:
            found = {"agreed_on": amendment.agreed_on, "valid_to": amendment.valid_to, "base": amendment.revision}
            found |= spread("changes", amendment.changes)
        for name in COPIED:
            found |= spread(name, texts.get(name, {}))
        for one in self.parties:
            found |= spread(f"party{one.pk}", texts.get("commitments", {}).get(one.institution.code, {}))
        return found
