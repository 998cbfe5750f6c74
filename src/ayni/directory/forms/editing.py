"""Forms about institutions and where countries lie."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.actions.editing import InstitutionFacts, NameFacts
from ayni.directory.models import (
    INSTITUTION_CODE,
    PARTIAL_DATE,
    Concept,
    Country,
    Institution,
    InstitutionName,
    Region,
    RegionScheme,
)

NOT_A_DATE = RegexValidator(PARTIAL_DATE, _("Write a year, a month or a day: 2011, 2011-10 or 2011-10-13."))


def partial_date_field(label: Any) -> forms.CharField:
    """A date as far as it is known."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=10,
        validators=[NOT_A_DATE],
        help_text=_("As far as it is known: 2011, 2011-10 or 2011-10-13."),
    )


def source_field(longest: int = 200) -> forms.CharField:
    """Where a fact comes from."""
    return forms.CharField(
        label=_("Source"),
        required=False,
        max_length=longest,
        help_text=_("Where it can be checked: a law, a page, a document."),
    )


class InstitutionForm(forms.Form):
    """What an institution is."""

    country = forms.ChoiceField(label=_("Country"), required=False, help_text=_("None for an international body."))
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    role = forms.ChoiceField(label=_("Role in social protection"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    source = source_field()

    def __init__(self, *args: Any, institution: Institution | None = None, **kwargs: Any) -> None:
        if institution is not None:
            kwargs["initial"] = {
                "country": institution.country_id or "",
                "parent": institution.parent.code if institution.parent else "",
                "kind": institution.kind.code if institution.kind else "",
                "role": institution.role.code if institution.role else "",
                "website": institution.website,
                "source": institution.source,
            }
        super().__init__(*args, **kwargs)
        self.countries = {country.iso3: country for country in Country.objects.all()}
        self.institutions = _institutions(institution)
        self.kinds = {concept.code: concept for concept in Concept.objects.current("institution-types")}
        self.roles = {concept.code: concept for concept in Concept.objects.current("social-protection-roles")}
        _offer(self.fields["country"], self.countries, _("None: international"))
        _offer(self.fields["parent"], self.institutions, _("No other institution"))
        _offer(self.fields["kind"], self.kinds, "—")
        _offer(self.fields["role"], self.roles, "—")

    def facts(self) -> InstitutionFacts:
        """What was filled in."""
        given = self.cleaned_data
        return InstitutionFacts(
            country=self.countries.get(given["country"]),
            parent=self.institutions.get(given["parent"]),
            kind=self.kinds.get(given["kind"]),
            role=self.roles.get(given["role"]),
            website=given["website"],
            source=given["source"],
        )


class NameForm(TextsForm):
    """A name in the languages in which it is known, and when it was borne."""

    texts = (Texts("name", _("Name")),)
    acronym = forms.CharField(label=_("Acronym"), required=False, max_length=60)
    valid_from = partial_date_field(_("In use from"))
    valid_to = partial_date_field(_("In use until"))
    name_source = source_field()

    @classmethod
    def of(cls, name: InstitutionName) -> "NameForm":
        given = {
            "acronym": name.acronym,
            "valid_from": name.valid_from,
            "valid_to": name.valid_to,
            "name_source": name.source,
        }
        return cls(initial=given | spread("name", name.name))

    def facts(self) -> NameFacts:
        """What was filled in."""
        given = self.cleaned_data
        return NameFacts(
            name=self.text("name"),
            acronym=given["acronym"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            source=given["name_source"],
        )


class CodeForm(forms.Form):
    """The code of a new institution."""

    code = forms.RegexField(
        INSTITUTION_CODE,
        label=_("Code"),
        max_length=40,
        help_text=_("The country's two letters (XX for international), a hyphen, and capitals: PE-MIDIS. It stays."),
        error_messages={"invalid": _("Write two capitals, a hyphen, and capitals or numbers: PE-MIDIS.")},
    )


class OtherForm(TextsForm):
    """Another institution, chosen by its name."""

    other = forms.ChoiceField(label=_("Institution"))
    first = ("other",)

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institutions = _institutions(institution)
        _offer(self.fields["other"], self.institutions, "—")

    def chosen(self) -> Institution:
        return self.institutions[self.cleaned_data["other"]]


class SuccessorForm(OtherForm):
    """Which institution took over, and when."""

    texts = (Texts("note", _("Note")),)
    on = partial_date_field(_("Date"))
    source = source_field()


class AffiliationForm(OtherForm):
    """The network or body, and since when."""

    since = partial_date_field(_("Since"))
    until = partial_date_field(_("Until"))
    source = source_field()


class RegionsForm(forms.Form):
    """Where a country lies, in each way of dividing the world."""

    def __init__(self, data: Mapping[str, Any] | None, *, country: Country) -> None:
        stands = {region.scheme: region.code for region in country.regions.all()}
        super().__init__(data, initial=stands)
        self.regions = {(region.scheme, region.code): region for region in Region.objects.all()}
        for scheme, name in RegionScheme.choices:
            choices = [("", "—")] + [(code, str(part)) for (of, code), part in self.regions.items() if of == scheme]
            self.fields[scheme] = forms.ChoiceField(label=name, choices=choices, required=scheme in stands)

    def chosen(self) -> list[Region]:
        return [self.regions[scheme, code] for scheme, code in self.cleaned_data.items() if code]


def _institutions(without: Institution | None) -> dict[str, Institution]:
    """Every other institution by its code."""
    others = Institution.objects.select_related("parent").prefetch_related("names")
    return {other.code: other for other in others if without is None or other.pk != without.pk}


def _offer(field: forms.Field, things: dict[str, Any], none: Any) -> None:
    assert isinstance(field, forms.ChoiceField)
    choices = sorted(((code, _told(thing)) for code, thing in things.items()), key=lambda choice: choice[1].casefold())
    field.choices = [("", none), *choices]


def _told(thing: Any) -> str:
    return f"{thing.short_name} ({thing.code})" if isinstance(thing, Institution) else str(thing)
