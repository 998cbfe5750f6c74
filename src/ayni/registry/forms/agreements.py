"""Forms about agreements."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.actions.agreements import AgreementFacts
from ayni.registry.forms.fields import day, every_institution, offer, terms, with_country
from ayni.registry.models import Agreement, AgreementParty, AgreementState, SigningRule

TEXTS = ("title", "purpose", "roles", "responsibilities", "limits")


class AgreementFilter(forms.Form):
    """What the list can be asked for; the address holds it."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("Form of agreement"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    ending = forms.BooleanField(label=gettext_lazy("Ending within half a year"), required=False)

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = sorted(((one.pk, str(one)) for one in countries), key=lambda pair: pair[1])
        offer(self, "country", places, _("All"))
        offer(self, "form", [(one.code, str(one)) for one in Concept.objects.current("agreement-forms")], _("All"))
        offer(self, "state", list(AgreementState.choices), _("All"))

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class AgreementForm(TextsForm):
    """What an agreement says."""

    texts = (
        Texts("title", gettext_lazy("Title")),
        Texts("purpose", gettext_lazy("Purpose"), long=True),
        Texts("roles", gettext_lazy("Roles of the parties"), long=True),
        Texts("responsibilities", gettext_lazy("Responsibilities"), long=True),
        Texts("limits", gettext_lazy("Limits of the agreement"), long=True),
    )
    first = ("institution", "form", "parent")
    institution = forms.ChoiceField(label=gettext_lazy("Institution that keeps the record"))
    form = forms.ChoiceField(label=gettext_lazy("Form of agreement"))
    parent = forms.ChoiceField(label=gettext_lazy("Under the framework of"), required=False)
    valid_from = day(gettext_lazy("First day"))
    valid_to = day(gettext_lazy("Last day"), help_text=gettext_lazy("None: it holds until it is terminated."))
    renews = forms.BooleanField(label=gettext_lazy("Renews by itself"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=300)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        institutions: list[Institution],
        above: list[Agreement],
        agreement: Agreement | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(agreement) if agreement else None)
        self.institutions = {one.code: one for one in institutions}
        self.forms = terms("agreement-forms", [agreement.form] if agreement else [])
        self.above = {str(one.pk): one for one in above}
        if agreement is not None:
            del self.fields["institution"]
        else:
            offer(self, "institution", [(code, str(one)) for code, one in self.institutions.items()], "")
        offer(self, "form", [(code, str(one)) for code, one in self.forms.items()], "")
        offer(self, "parent", [(pk, str(one)) for pk, one in self.above.items()], _("No other agreement"))

    def facts(self) -> AgreementFacts:
        """What was filled in."""
        given = self.cleaned_data
        return AgreementFacts(
            form=self.forms[given["form"]],
            parent=self.above.get(given["parent"]),
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            renews=given["renews"],
            source=given["source"],
            **{name: self.text(name) for name in TEXTS},
        )

    def keeper(self) -> Institution:
        """The institution that keeps the record."""
        return self.institutions[self.cleaned_data["institution"]]


class PartyForm(TextsForm):
    """A party and what it commits itself to."""

    texts = (Texts("commitments", gettext_lazy("Commitments"), long=True),)
    first = ("institution",)
    institution = forms.ChoiceField(label=gettext_lazy("Institution"))
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, party: AgreementParty | None = None) -> None:
        initial = {**spread("commitments", party.commitments), "base": party.revision} if party else None
        super().__init__(data, initial=initial)
        self.institutions = {}
        if party is not None:
            del self.fields["institution"]
        else:
            self.institutions = every_institution()
            offer(self, "institution", with_country(self.institutions), "")

    def chosen(self) -> Institution:
        """The institution."""
        return self.institutions[self.cleaned_data["institution"]]


class SignatureForm(forms.Form):
    """Who signed, with which rank, on which day."""

    signatory = forms.CharField(label=gettext_lazy("Signatory"), max_length=150)
    rank = forms.ChoiceField(label=gettext_lazy("Rank of the signatory"))
    signed_on = day(gettext_lazy("Signed on"), required=True)

    def __init__(self, data: Any = None, *, ranks: list[Concept]) -> None:
        super().__init__(data)
        self.known_ranks = {one.code: one for one in ranks or Concept.objects.current("agreement-ranks")}
        offer(self, "rank", [(code, str(one)) for code, one in self.known_ranks.items()], "")

    def rank_chosen(self) -> Concept:
        """The rank."""
        return self.known_ranks[self.cleaned_data["rank"]]


class DocumentForm(forms.Form):
    """A document: a file to keep here, or the address at which it can be read."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.ods,.png,.jpg,.jpeg"}),
    )
    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, assume_scheme="https", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("PDF, DOCX, XLSX, ODS, PNG or JPEG, at most %(limit)d MB.") % {"limit": settings.UPLOAD_LIMIT // 2**20}
        self.fields["file"].help_text = told

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and bool(given.get("file")) == bool(given.get("url")):
            raise forms.ValidationError(_("Choose a file, or write an address: one of the two."))
        if given.get("url") and not given.get("title"):
            self.add_error("title", _("Say what can be read there."))
        return given


class SigningRuleForm(TextsForm):
    """What a country asks of a form."""

    texts = (Texts("note", gettext_lazy("How it is done"), long=True),)
    first = ("country", "form", "ranks", "via")
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    form = forms.ChoiceField(label=gettext_lazy("Form of agreement"), required=False)
    ranks = forms.MultipleChoiceField(
        label=gettext_lazy("Ranks that may sign"), required=False, widget=forms.CheckboxSelectMultiple
    )
    via = forms.ChoiceField(label=gettext_lazy("Through"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, countries: list[Country], rule: SigningRule | None = None) -> None:
        super().__init__(data, initial=_rule(rule) if rule else None)
        self.countries = {one.pk: one for one in countries}
        self.forms = terms("agreement-forms", [rule.form] if rule and rule.form else [])
        self.known_ranks = terms("agreement-ranks", list(rule.ranks.all()) if rule else [])
        rows = Institution.objects.filter(country__in=countries).prefetch_related("names")
        self.offices = {one.code: one for one in rows}
        places = sorted(((code, str(one)) for code, one in self.countries.items()), key=lambda pair: pair[1])
        offer(self, "country", places, "")
        offer(self, "form", [(code, str(one)) for code, one in self.forms.items()], _("every other form"))
        offer(self, "ranks", [(code, str(one)) for code, one in self.known_ranks.items()], None)
        offer(self, "via", [(code, str(one)) for code, one in self.offices.items()], _("No other office"))

    def kept(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "country": self.countries[given["country"]],
            "form": self.forms.get(given["form"]),
            "ranks": [self.known_ranks[code] for code in given["ranks"]],
            "via": self.offices.get(given["via"]),
            "note": self.text("note"),
            "source": given["source"],
        }


def _initial(agreement: Agreement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "form": agreement.form.code,
        "parent": str(agreement.parent_id or ""),
        "valid_from": agreement.valid_from,
        "valid_to": agreement.valid_to,
        "renews": agreement.renews,
        "source": agreement.source,
        "base": agreement.revision,
    }
    for name in TEXTS:
        found |= spread(name, getattr(agreement, name))
    return found


def _rule(rule: SigningRule) -> dict[str, Any]:
    return {
        "country": rule.country_id,
        "form": rule.form.code if rule.form else "",
        "ranks": [one.code for one in rule.ranks.all()],
        "via": rule.via.code if rule.via else "",
        "source": rule.source,
        **spread("note", rule.note),
    }
