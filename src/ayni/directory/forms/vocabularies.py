"""Forms about vocabularies and their terms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Concept, ConceptScheme, Standing
from ayni.directory.queries.vocabulary_rows import ConceptRow, fingerprint


class NewVocabularyForm(TextsForm):
    """The code and title of a vocabulary that does not exist yet."""

    shows_all = True
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Begins with a letter; letters without accents, numbers and hyphens. It stays."),
    )
    texts = (Texts("title", _("Title"), required_in=("es",)),)
    first = ("code",)


class SchemeForm(TextsForm):
    """What a draft says of itself."""

    shows_all = True
    texts = (Texts("title", _("Title"), required_in=("es",)), Texts("note", _("Note"), long=True))
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices)

    @classmethod
    def of(cls, scheme: ConceptScheme) -> "SchemeForm":
        """The form filled with what stands."""
        initial = {"source": scheme.source, "standing": scheme.standing}
        return cls(initial=initial | spread("title", scheme.title) | spread("note", scheme.note))


class TermForm(TextsForm):
    """A term. The code is asked once, when it is new."""

    shows_all = True
    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Letters without accents, numbers and hyphens. It stays.")
    )
    texts = (Texts("label", _("Label"), required_in=("es",)), Texts("definition", _("Definition"), long=True))
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    first = ("code",)

    def __init__(self, *args: Any, terms: Iterable[Concept], concept: Concept | None = None, **kwargs: Any) -> None:
        self.concept = concept
        if concept is not None:
            row = ConceptRow.of(concept)
            given = {"broader": row.broader, "source": row.source, "seen": fingerprint(row)}
            kwargs["initial"] = given | spread("label", row.label) | spread("definition", row.definition)
        super().__init__(*args, **kwargs)
        others = [(term.code, str(term)) for term in terms if concept is None or term.pk != concept.pk]
        choices = [("", _("No other term")), *others]
        self.fields["broader"] = forms.ChoiceField(label=_("Stands below"), choices=choices, required=False)
        if concept is not None:
            del self.fields["code"]

    def row(self) -> ConceptRow:
        """The term as it was filled in."""
        return ConceptRow(
            code=self.concept.code if self.concept else self.cleaned_data["code"],
            label=self.text("label"),
            definition=self.text("definition"),
            broader=self.cleaned_data["broader"],
            source=self.cleaned_data["source"],
        )


class CsvUpload(forms.Form):
    """A file of terms and where it comes from."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("The columns of the CSV file that this page exports: code, broader, label_es, …"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("For example: OAS typology, resolution and year")
    )
