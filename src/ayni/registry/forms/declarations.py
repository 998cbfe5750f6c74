"""Forms about the record of the sides: what a declared field should be, field by field."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import LANGUAGES
from ayni.registry.forms.fields import day, every_institution, in_order, offer, terms, with_country
from ayni.registry.models import Initiative
from ayni.registry.queries.declared import (
    CHOICES,
    DAYS,
    FIELDS,
    PARTS,
    ROLES,
    SCHEMES,
    TEXTS,
    TYPES,
    Wording,
    in_order_of_roles,
)


class FieldsForm(forms.Form):
    """Which fields are wrong."""

    fields_of_record = forms.MultipleChoiceField(
        label=gettext_lazy("What is not right"),
        choices=list(FIELDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, values: Mapping[str, Any], taken: Iterable[str]) -> None:
        super().__init__(data)
        wording = Wording(values.items())
        left = [name for name in FIELDS if name not in set(taken)]
        offer(self, "fields_of_record", [(name, _told(name, wording(name, values[name]))) for name in left], None)

    def chosen(self) -> list[str]:
        """The fields, in the order of the record; an invented one counts as none."""
        self.is_valid()
        return list(self.cleaned_data.get("fields_of_record", ()))


class ValuesForm(forms.Form):
    """What some fields of the record should be: filled in with what they are, or with what is claimed.

    `seen` stands for the whole record as it was read.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        initiative: Initiative,
        values: Mapping[str, Any],
        notes: bool = False,
        seen: str = "",
    ) -> None:
        super().__init__(data)
        self.standing = values
        self.rows: list[Mapping[str, Any]] = list(values.get(ROLES) or ())
        self.institutions = every_institution() if ROLES in values else {}
        for name, value in values.items():
            self._ask(name, value, initiative)
            if notes:
                label = _("Why: %(field)s") % {"field": FIELDS[name]}
                self.fields[f"note_{name}"] = forms.CharField(label=label, required=False, max_length=2_000)
        if seen:
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=seen)

    def value(self, name: str) -> Any:
        """What was filled in, as `declared_values` gives it."""
        given = self.cleaned_data
        if name in TEXTS:
            texts = {code: given[f"{name}_{code}"] for code in LANGUAGES}
            return {code: text for code, text in texts.items() if text}
        if name in DAYS:
            return given[name].isoformat() if given[name] else None
        if name in SCHEMES:
            return sorted(given[name])
        return self._roles() if name == ROLES else given[name]

    def claims(self) -> dict[str, tuple[Any, str]]:
        """The fields that are to be other than they stand, each with why."""
        found = {name: (self.value(name), self.cleaned_data[f"note_{name}"]) for name in self.standing}
        return {name: claim for name, claim in found.items() if claim[0] != self.standing[name]}

    def _ask(self, name: str, value: Any, initiative: Initiative) -> None:
        label = str(FIELDS[name])
        if name in TEXTS:
            self._ask_texts(name, value or {})
        elif name in DAYS:
            self.fields[name] = day(label)
            self.initial[name] = value
        elif name in SCHEMES:
            box = forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)
            self.fields[name] = box
            self.initial[name] = value
            offer(self, name, in_order(terms(SCHEMES[name], getattr(initiative, name).all())), None)
        elif name == ROLES:
            self._ask_roles()
        else:
            self._ask_choice(name, value, initiative)

    def _ask_texts(self, name: str, value: Mapping[str, str]) -> None:
        widget = forms.TextInput if name == "title" else forms.Textarea
        for code in LANGUAGES:
            attributes: dict[str, Any] = {"lang": code} | ({} if name == "title" else {"rows": 3})
            label = _("%(text)s (%(language)s)") % {
                "text": FIELDS[name],
                "language": dict(settings.LANGUAGES)[code],
            }
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=label,
                required=False,
                max_length=250 if name == "title" else 4_000,
                widget=widget(attrs=attributes),
            )
            self.initial[f"{name}_{code}"] = value.get(code, "")

    def _ask_choice(self, name: str, value: Any, initiative: Initiative) -> None:
        needed = name in ("cooperation_type", "size")
        self.fields[name] = forms.ChoiceField(label=str(FIELDS[name]), required=needed)
        self.initial[name] = value
        if name == "cooperation_type":
            offer(self, name, in_order(terms(TYPES, [initiative.cooperation_type])), None)
        else:
            offer(self, name, CHOICES[name].choices, None if needed else _("Not recorded"))

    def _ask_roles(self) -> None:
        parts = in_order(terms(PARTS))
        for number, row in enumerate(self.rows):
            who = {"who": self.institutions.get(row["institution"], row["institution"]), "number": row["part"]}
            whole = row["part"] is None
            label = _("Role of %(who)s") % who if whole else _("Role of %(who)s in part %(number)d") % who
            self.fields[f"roles_{number}"] = forms.ChoiceField(label=label, required=False)
            self.initial[f"roles_{number}"] = row["role"]
            offer(self, f"roles_{number}", parts, _("Does not take part"))
        self.fields["roles_new"] = forms.ChoiceField(label=_("Another institution that takes part"), required=False)
        offer(self, "roles_new", with_country(self.institutions), _("No other institution"))
        self.fields["roles_new_role"] = forms.ChoiceField(label=_("Its role"), required=False)
        offer(self, "roles_new_role", parts, None)

    def _roles(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        rows = [{**row, "role": given[f"roles_{number}"]} for number, row in enumerate(self.rows)]
        new, role = given.get("roles_new"), given.get("roles_new_role")
        if new and role:
            rows.append({"institution": new, "part": None, "role": role})
        kept = {(row["institution"], row["part"]): row for row in rows if row["role"]}
        return in_order_of_roles(kept.values())


class MediationForm(ValuesForm):
    """What holds, and why."""

    def __init__(self, data: Any = None, *, initiative: Initiative, values: Mapping[str, Any]) -> None:
        super().__init__(data, initiative=initiative, values=values)
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_("Both sides read it."),
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )


def _told(name: str, words: str) -> str:
    return _("%(field)s: %(value)s") % {"field": FIELDS[name], "value": words.replace("\n", " · ") or "–"}
