"""People and the roles they are given."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.accounts.models import User
from ayni.common.permissions import ROLES
from ayni.directory.models import Country, Institution

SCOPES = {code: role.scope for code, role in ROLES.items()}


class RoleForm(forms.Form):
    """A role, and the institution or country that it needs; the page shows only what the chosen role needs."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *((code, role.name) for code, role in ROLES.items())],
        widget=forms.Select(attrs={"data-scopes": json.dumps(SCOPES)}),
    )
    institution = forms.ChoiceField(
        label=_("Institution"), required=False, help_text=_("For a focal point or an expert.")
    )
    country = forms.ChoiceField(label=_("Country"), required=False, help_text=_("For a national coordinator."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institutions = {thing.code: thing for thing in Institution.objects.prefetch_related("names")}
        self.countries = {country.iso3: country for country in Country.objects.all()}
        _offer(self.fields["institution"], {code: _full(thing) for code, thing in self.institutions.items()})
        _offer(self.fields["country"], {code: str(country) for code, country in self.countries.items()})

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        scope = SCOPES.get(values.get("role", ""))
        if scope == "institution" and not values.get("institution"):
            self.add_error("institution", _("This role is held within an institution: choose it."))
        if scope == "country" and not values.get("country"):
            self.add_error("country", _("This role is held for a country: choose it."))
        return values

    def granted(self) -> dict[str, Any]:
        """What `grant_role` needs: what the role does not need is left out."""
        scope = SCOPES[self.cleaned_data["role"]]
        return {
            "role": self.cleaned_data["role"],
            "institution": self.institutions[self.cleaned_data["institution"]] if scope == "institution" else None,
            "country": self.countries[self.cleaned_data["country"]] if scope == "country" else None,
        }


class PersonForm(forms.Form):
    """Who the account is for."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Of the site after signing in, and of its e-mails."),
    )

    @classmethod
    def of(cls, user: User) -> "PersonForm":
        return cls(initial={"name": user.name, "email": user.email, "language": user.language})

    def person(self) -> dict[str, Any]:
        """What `add_person` and `edit_person` need."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "language")}


class NewPersonForm(RoleForm, PersonForm):
    """A new account with its first role."""

    field_order = ["name", "email", "language", "role", "institution", "country"]


class PeopleFilter(forms.Form):
    """The list of people; all optional."""

    name = forms.CharField(label=_("Name or e-mail"), required=False, max_length=150)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Any")), *((code, role.name) for code, role in ROLES.items())]
    )
    active = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("", _("Any")), ("yes", _("Active")), ("no", _("Not active"))],
    )

    def chosen(self) -> dict[str, str]:
        """What `queries.people` needs; a filter that cannot be read hides nobody."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _offer(field: forms.Field, choices: dict[str, str]) -> None:
    assert isinstance(field, forms.ChoiceField)
    ordered = sorted(choices.items(), key=lambda choice: choice[1].casefold())
    field.choices = [("", "—"), *ordered]


def _full(institution: Institution) -> str:
    """The short name, and the country's code to tell the many ministries apart."""
    return f"{institution.short_name} ({institution.code})"
