"""Filters of the matrix, and the forms of its versions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Concept
from ayni.exchange.models import MatrixQuadrant, MatrixScheme
from ayni.exchange.queries.matrix import Asked

Choices = Iterable[tuple[str, Any]]


class MatrixFilters(forms.Form):
    """Which part of the network the matrix shows; an unknown value hides nothing."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    quadrant = forms.ChoiceField(label=gettext_lazy("Quadrant"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *offered]

    def asked(self) -> Asked:
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Asked(**{name: given.get(name) or "" for name in ("country", "region", "quadrant")})


class MatrixForm(TextsForm):
    """A draft's title, note and axes."""

    shows_all = True
    texts = (
        Texts("title", gettext_lazy("Title"), required_in=("es",)),
        Texts("note", gettext_lazy("Note"), long=True),
        Texts("columns_axis", gettext_lazy("Axis of the columns"), required_in=("es",)),
        Texts("rows_axis", gettext_lazy("Axis of the rows"), required_in=("es",)),
    )

    @classmethod
    def of(cls, scheme: MatrixScheme) -> "MatrixForm":
        """The form filled with what stands."""
        stems = [text.stem for text in cls.texts]
        return cls(initial={key: text for stem in stems for key, text in spread(stem, getattr(scheme, stem)).items()})


class Concepts(forms.ModelMultipleChoiceField):
    """Terms of a vocabulary, to tick."""

    widget = forms.CheckboxSelectMultiple


class QuadrantForm(TextsForm):
    """What a quadrant says and asks for."""

    shows_all = True
    texts = (
        Texts("name", gettext_lazy("Name"), required_in=("es",)),
        Texts("column", gettext_lazy("Place on the axis of the columns")),
        Texts("row", gettext_lazy("Place on the axis of the rows")),
        Texts("experts", gettext_lazy("Experts"), required_in=("es",), long=True),
        Texts("agreements", gettext_lazy("Prior agreements"), required_in=("es",), long=True),
        Texts("monitoring", gettext_lazy("Monitoring and evaluation"), required_in=("es",), long=True),
    )
    mechanisms = Concepts(label=gettext_lazy("Mechanisms"), queryset=Concept.objects.none(), required=False)
    agreement_forms = Concepts(
        label=gettext_lazy("Forms of agreement"), queryset=Concept.objects.none(), required=False
    )

    def __init__(self, *args: Any, quadrant: MatrixQuadrant, **kwargs: Any) -> None:
        stems = [text.stem for text in self.texts]
        initial: dict[str, Any] = {
            key: text for stem in stems for key, text in spread(stem, getattr(quadrant, stem)).items()
        }
        chosen = {"mechanisms": "modalities", "agreement_forms": "agreement-forms"}
        initial |= {name: list(getattr(quadrant, name).all()) for name in chosen}
        super().__init__(*args, initial=initial, **kwargs)
        for name, scheme in chosen.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            # What stands may come from an earlier version of the vocabulary.
            offered = Concept.objects.current(scheme) | Concept.objects.filter(pk__in=[one.pk for one in initial[name]])
            field.queryset = offered.distinct().order_by("position")
