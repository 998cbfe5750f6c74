"""The forms of a profile: how the sheet is written, which column is what, a crosswalk, a file."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from ayni.common.i18n import folded, text_in
from ayni.directory.models import Country
from ayni.interop.formats.national.profile import DATE_FORMS, MOST_SOURCES, Common, NationalProfile
from ayni.interop.models import Match, RecordProfile
from ayni.interop.queries.national.words import FIELDS

DECIMALS = ((",", _("comma: 1.250,50")), (".", _("point: 1,250.50")))
CODES = ("role", "status", "country")
AMBIGUOUS = {"DD/MM/YYYY", "MM/DD/YYYY"}
LANGUAGES = [("", "–"), *settings.LANGUAGES]


class ProfileForm(forms.Form):
    """How the sheet is written, and the words that stand for roles, states and countries."""

    title = forms.CharField(label=_("Title"), max_length=200)
    sheet = forms.CharField(
        label=_("Sheet"), required=False, max_length=60, help_text=_("Its name; empty for the first one.")
    )
    header_row = forms.IntegerField(
        label=_("Row of the titles"),
        min_value=0,
        max_value=100,
        help_text=_("0: the first that holds the identifier's title."),
    )
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    dates = forms.MultipleChoiceField(
        label=_("How dates are written"),
        choices=[(one, one) for one in DATE_FORMS],
        widget=forms.CheckboxSelectMultiple,
    )
    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=DECIMALS)
    separator = forms.CharField(
        label=_("Between several values in a cell"),
        required=False,
        max_length=3,
        help_text=_("Empty: a cell holds one value."),
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency, where no column says it"), required=False, max_length=3
    )
    role = forms.CharField(
        label=_("Words for roles"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: word = provider, recipient or both."),
    )
    status = forms.CharField(
        label=_("Words for states"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: word = code of IATI: 1 identification, 2 execution, 3 finalisation, 4 closed, 5 cancelled, 6 suspended."
        ),
    )
    country = forms.CharField(
        label=_("Words for countries"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for names that are of no list: word = code of three letters."),
    )

    def clean_dates(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["dates"]
        if set(chosen) >= AMBIGUOUS:
            raise forms.ValidationError(
                gettext("Day before month and month before day cannot be told apart: choose one of the two.")
            )
        return chosen

    def clean_role(self) -> dict[str, str]:
        return self._codes("role", {"provider", "recipient", "both"})

    def clean_status(self) -> dict[str, str]:
        return self._codes("status", set("123456"))

    def clean_country(self) -> dict[str, str]:
        return self._codes("country", None)

    def _codes(self, name: str, known: set[str] | None) -> dict[str, str]:
        found = {}
        for number, line in enumerate(self.cleaned_data[name].splitlines(), 1):
            word, sign, ours = (part.strip() for part in line.rpartition("="))
            if not line.strip():
                continue
            if not sign or not word or not ours or known is not None and ours not in known:
                raise forms.ValidationError(gettext("Line %(number)d is not “word = code”."), params={"number": number})
            found[word] = ours
        return found


class SourceForm(forms.Form):
    """A field of the common record: a column, or one value for every row. An empty line counts for nothing."""

    field = forms.ChoiceField(label=_("Field"), required=False)
    column = forms.CharField(
        label=_("Column"), required=False, max_length=200, widget=forms.TextInput(attrs={"list": "titles"})
    )
    value = forms.CharField(label=_("Or the same for all"), required=False, max_length=500)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=LANGUAGES)
    option = forms.CharField(label=_("Currency or measure"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((one.value, str(FIELDS[one])) for one in Common)]
        for bound in self.fields.values():
            bound.widget.attrs["aria-label"] = str(bound.label)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        told = bool(given.get("column")) + bool(given.get("value"))
        if given.get("field") and told != 1:
            raise forms.ValidationError(gettext("Tell either a column or a value."))
        if told and not given.get("field"):
            raise forms.ValidationError(gettext("Choose the field that this is."))
        return given


SourceForms = forms.formset_factory(SourceForm, extra=3, max_num=MOST_SOURCES)


class MappingForm(forms.Form):
    """A relation of a code to a term; without a relation and a term it counts for nothing."""

    label = forms.CharField(label=_("Code"), max_length=250, required=False)
    relation = forms.ChoiceField(label=_("Relation"), required=False, choices=[("", "–"), *Match.choices])
    concept = forms.TypedChoiceField(label=_("Our term"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, terms: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concept = self.fields["concept"]
        assert isinstance(concept, forms.ChoiceField)
        concept.choices = [("", "–"), *terms]
        for name in ("relation", "concept", "label"):
            self.fields[name].widget.attrs["aria-label"] = str(self.fields[name].label)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("relation")) != bool(given.get("concept")):
            raise forms.ValidationError(gettext("Choose both the relation and the term."))
        if given.get("relation") and not given.get("label"):
            raise forms.ValidationError(gettext("Write the code."))
        return given


MappingForms = forms.formset_factory(MappingForm, extra=2, max_num=1_000)


class NationalUpload(forms.Form):
    """A file in the shape of a profile."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = gettext("A workbook (XLSX, XLS) or CSV; %(limit)d MB at most.")
        self.fields["file"].help_text = told % {"limit": settings.UPLOAD_LIMIT // 2**20}


def initial_of(profile: RecordProfile) -> dict[str, Any]:
    """What stands in the form of a profile."""
    declared = profile.declared
    codes = declared.get("codes", {})
    plain = ("sheet", "header_row", "language", "dates", "decimal", "separator", "currency")
    return {
        "title": text_in(profile.title),
        **{name: declared[name] for name in plain},
        **{name: "\n".join(f"{word} = {ours}" for word, ours in codes.get(name, {}).items()) for name in CODES},
    }


def declared_from(profile: RecordProfile, form: ProfileForm, sources: Any) -> NationalProfile | None:
    """The document that the forms declare; None, and the form says why, for what is none."""
    if not (form.is_valid() & sources.is_valid()):
        return None
    given = form.cleaned_data
    document = {
        **profile.declared,
        **{name: given[name] for name in ("sheet", "header_row", "language", "decimal", "separator", "currency")},
        "dates": given["dates"],
        "codes": {name: given[name] for name in CODES if given[name]},
        "sources": [one.cleaned_data for one in sources if one.cleaned_data.get("field")],
    }
    try:
        return NationalProfile.model_validate(document)
    except ValidationError:
        form.add_error(None, gettext("Tell at least from which columns the identifier and the title come."))
        return None


class SidesForm(forms.Form):
    """Two different countries, both with records."""

    one = forms.ChoiceField(label=_("One country"))
    other = forms.ChoiceField(label=_("The other country"))

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((one.iso3, str(one)) for one in countries), key=lambda one: folded(one[1]))
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("one") and given.get("one") == given.get("other"):
            raise forms.ValidationError(gettext("Choose two different countries."))
        return given


class NewProfileForm(forms.Form):
    """The least that a profile tells; the rest follows in its draft."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, numbers and hyphens: it stands in addresses.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    country = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country"), required=False, help_text=_("Empty for an organisation of several.")
    )
    ref = forms.RegexField(
        r"^[^\s/&|?]{2,60}$",
        label=_("Reference of who reports"),
        max_length=60,
        help_text=_("It stands before each identifier, for example MX-AMEXCID."),
    )
    reporter = forms.CharField(label=_("Name of who reports"), max_length=200)
    identifier = forms.CharField(label=_("Column of the identifier"), max_length=200)
    named = forms.CharField(label=_("Column of the title"), max_length=200)

    def __init__(self, *args: Any, countries: QuerySet[Country], needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ModelChoiceField)
        country.queryset, country.required = countries, needed
