"""The forms with which a round is run."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import LANGUAGES
from ayni.directory.models import Institution
from ayni.surveys.actions.invitations import Invitee
from ayni.surveys.actions.rounds import RoundPlan
from ayni.surveys.forms.texts import NAMES, TextsForm, code_field
from ayni.surveys.models import InstrumentVersion, ResponseStatus, Round, VersionStatus
from ayni.surveys.queries.rounds import CONFLICTS, NOT_STARTED, OWING, PROPOSED

STATES = (
    ("", gettext_lazy("All")),
    (OWING, gettext_lazy("Owes its answers")),
    (NOT_STARTED, gettext_lazy("Not started")),
    (ResponseStatus.DRAFT, gettext_lazy("Being answered")),
    (ResponseStatus.RETURNED, gettext_lazy("Returned")),
    (ResponseStatus.SUBMITTED, gettext_lazy("Submitted")),
    (ResponseStatus.ACCEPTED, gettext_lazy("Accepted, being coded")),
    (PROPOSED, gettext_lazy("With the institution to validate")),
    (ResponseStatus.CONTESTED, gettext_lazy("Contested")),
    (ResponseStatus.VALIDATED, gettext_lazy("Validated")),
    (CONFLICTS, gettext_lazy("Two versions of an answer")),
)


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoundForm(TextsForm):
    texts = {"title": gettext_lazy("Title")}
    version = forms.ModelChoiceField(label=gettext_lazy("Questionnaire"), queryset=InstrumentVersion.objects.none())
    period_from = forms.IntegerField(label=gettext_lazy("First year asked about"), min_value=1900, max_value=2200)
    period_to = forms.IntegerField(label=gettext_lazy("Last year asked about"), min_value=1900, max_value=2200)
    deadline = forms.DateField(label=gettext_lazy("Deadline"), widget=DayInput)
    previous = forms.ModelChoiceField(label=gettext_lazy("Round before"), queryset=Round.objects.none(), required=False)

    def __init__(self, *args: Any, round: Round | None = None, **kwargs: Any) -> None:
        self.round = round
        super().__init__(*args, **kwargs)
        versions = InstrumentVersion.objects.filter(status=VersionStatus.PUBLISHED)
        others = Round.objects.filter(evaluation__isnull=True)
        if round is not None:
            versions |= InstrumentVersion.objects.filter(pk=round.version_id)
            others = others.exclude(pk=round.pk)
        _offer(self.fields["version"], versions.select_related("instrument"))
        _offer(self.fields["previous"], others)

    def before(self) -> dict[str, forms.Field]:
        return {} if self.round else {"code": code_field()}

    def plan(self) -> RoundPlan:
        names = ("version", "period_from", "period_to", "deadline", "previous")
        fictional = self.round.fictional if self.round else False
        values = {name: self.cleaned_data[name] for name in names}
        return RoundPlan(title=self.text("title"), fictional=fictional, **values)

    @classmethod
    def values_of(cls, round_: Round) -> dict[str, Any]:
        names = ("period_from", "period_to", "deadline")
        own = {name: getattr(round_, name) for name in names}
        return {
            **cls.spread("title", round_.title),
            **own,
            "version": round_.version_id,
            "previous": round_.previous_id,
        }


class DeadlineForm(forms.Form):
    deadline = forms.DateField(label=gettext_lazy("New deadline"), widget=DayInput)


class ReopenForm(DeadlineForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ResponseFilter(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)
    text = forms.CharField(label=gettext_lazy("Institution"), required=False, max_length=80)

    def __init__(self, *args: Any, countries: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), required=False, choices=[("", _("All")), *countries]
        )


class AddressForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=list(NAMES.items()))


class ChooseForm(forms.Form):
    """The institutions of the directory that are found: each may be chosen, with its address and language."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, institutions: Iterable[Institution]) -> None:
        super().__init__(data)
        self.institutions = list(institutions)
        for one in self.institutions:
            name = {"institution": one.short_name}
            self.fields[f"choose-{one.pk}"] = forms.BooleanField(
                label=_("Invite %(institution)s") % name, required=False
            )
            self.fields[f"email-{one.pk}"] = forms.EmailField(
                label=_("E-mail of %(institution)s") % name, required=False
            )
            self.fields[f"language-{one.pk}"] = forms.ChoiceField(
                label=_("Language of %(institution)s") % name,
                choices=list(NAMES.items()),
                initial="es",
                required=False,
            )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "institution": one,
                **{part: self[f"{part}-{one.pk}"] for part in ("choose", "email", "language")},
            }
            for one in self.institutions
        ]

    def invitees(self) -> list[Invitee]:
        return [
            Invitee(one, self.cleaned_data[f"email-{one.pk}"], self.cleaned_data[f"language-{one.pk}"] or "es")
            for one in self.institutions
            if self.cleaned_data[f"choose-{one.pk}"]
        ]


class PasteForm(forms.Form):
    """A list of institutions, one a line: code, e-mail, language."""

    lines = forms.CharField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy(
            "One institution a line: its code, then (optional) the e-mail and the language, with semicolons, commas or "
            "tabs between. For example: CL-FOSIS; cooperacion@example.org; es"
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean_lines(self) -> list[Invitee]:
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines()]
        parts = {number: re.split(r"\s*[;,\t]\s*", line) for number, line in enumerate(lines, 1) if line}
        codes = {part[0].upper() for part in parts.values()}
        known = {one.code.upper(): one for one in Institution.objects.filter(code__in=codes)}
        found: list[Invitee] = []
        problems: list[ValidationError] = []
        for number, part in parts.items():
            try:
                found.append(_invitee(part, known))
            except ValidationError as error:
                line = _("Line %(number)d: %(problem)s") % {"number": number, "problem": error.messages[0]}
                problems.append(ValidationError(line))
        if problems:
            raise ValidationError(problems)
        return found


def _offer(field: forms.Field, rows: QuerySet[Any]) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def _invitee(part: list[str], known: Mapping[str, Institution]) -> Invitee:
    code, email, language, *rest = (*part, *[""] * (3 - len(part)))
    if rest:
        raise ValidationError(_("there are more than three parts: code, e-mail, language."))
    institution = known.get(code.upper())
    if institution is None:
        raise ValidationError(
            _("there is no institution with the code “%(code)s” in the directory."), params={"code": code}
        )
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(_("“%(email)s” is not an e-mail address."), params={"email": email}) from None
    language = language.lower() or "es"
    if language not in LANGUAGES:
        raise ValidationError(
            _("“%(language)s” is not a language of the site: es, pt, en or fr."), params={"language": language}
        )
    return Invitee(institution, email, language)
