"""Forms about a programme, its components, versions and documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.actions.components import ComponentFacts
from ayni.directory.actions.programmes import TERMS, DocumentFacts, ProgrammeFacts, Terms
from ayni.directory.forms.editing import partial_date_field, source_field
from ayni.directory.forms.in_languages import GroupedForm, offer
from ayni.directory.models import (
    PROGRAMME_CODE,
    SPOKEN,
    Component,
    Concept,
    Evidence,
    Programme,
    ProgrammeDocument,
    ProgrammeVersion,
    joined,
)
from ayni.directory.queries.programmes.columns import NAME
from ayni.directory.queries.programmes.reach import (
    could_be_needed,
    countries_within,
    institutions_within,
    terms_offered,
)

NO_EVIDENCE = ("", _("Not recorded"))
COLUMNS = {"class": "choices--columns"}


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple(attrs=COLUMNS))


def _spoken() -> forms.MultipleChoiceField:
    field = _several(_("Working languages"))
    field.choices = list(SPOKEN.items())
    return field


def _evidence() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Evidence"), required=False, choices=[NO_EVIDENCE, *Evidence.choices])


def _number(text: str) -> int | None:
    return int(text) if text else None


class TermsForm(GroupedForm):
    """Topics, quadrants, modalities and languages, which programmes and components share."""

    topics = _several(_("Topics"))
    quadrants = _several(_("Quadrants"))
    modalities = _several(_("Modalities"))
    languages = _spoken()
    evidence = _evidence()

    def offer_terms(self, standing: list[Concept]) -> None:
        """Those in force, and what stands from earlier versions."""
        self.terms = terms_offered(standing)
        for name in TERMS:
            offer(self.fields[name], [(code, _named(name, term)) for code, term in self.terms[name].items()])

    def chosen_terms(self) -> Terms:
        """What was chosen."""
        given = self.cleaned_data
        return Terms(**{name: tuple(self.terms[name][code] for code in given[name]) for name in TERMS})


class ProgrammeCodeForm(forms.Form):
    """The code of a new programme."""

    code = forms.RegexField(
        PROGRAMME_CODE,
        label=_("Code"),
        max_length=60,
        help_text=_("The country's two letters, a hyphen, and capitals or numbers: BR-BOLSA-FAMILIA. It stays."),
        error_messages={"invalid": _("Write two capitals, a hyphen, and capitals or numbers: BR-BOLSA-FAMILIA.")},
    )


class ProgrammeForm(TermsForm):
    """What a programme is."""

    texts = (Texts("name", _("Name"), longest=NAME), Texts("summary", _("Summary"), long=True))
    first = ("institution", "country", "acronym")
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    country = forms.ChoiceField(label=_("Country"))
    acronym = forms.CharField(label=_("Acronym"), required=False, max_length=60)
    began = partial_date_field(_("Began"))
    ended = partial_date_field(_("Ended"))
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=500)
    contact = forms.CharField(
        label=_("Contact"),
        required=False,
        max_length=200,
        help_text=_("Whom to ask: an office rather than a person, for everybody can read it."),
    )
    contact_email = forms.EmailField(
        label=_("Contact's e-mail"), required=False, help_text=_("The address of that office.")
    )
    source = source_field(300)
    fictional = forms.BooleanField(label=_("This programme is invented, for a demonstration"), required=False)

    def __init__(self, *args: Any, user: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        if programme is not None:
            kwargs["initial"] = self.initial_of(programme)
        super().__init__(*args, **kwargs)
        self.institutions = institutions_within(user)
        self.countries = countries_within(user, self.institutions.values())
        self._keep(programme)
        none = [("", gettext("None of the directory"))]
        offer(self.fields["institution"], none + _sorted(self.institutions))
        offer(self.fields["country"], [("", "—")] * (len(self.countries) > 1) + _sorted(self.countries))
        self.offer_terms(_standing(programme))

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        """What stands, as the fields show it."""
        plain = ("acronym", "began", "ended", "website", "contact", "contact_email", "source", "fictional", "revision")
        return {
            **{name: getattr(programme, name) for name in plain},
            "institution": programme.institution.code if programme.institution else "",
            "country": programme.country_id,
            **_common(programme),
            **spread("name", programme.name),
            **spread("summary", programme.summary),
        }

    def facts(self) -> ProgrammeFacts:
        """What was filled in."""
        given = self.cleaned_data
        plain = ("acronym", "began", "ended", "website", "contact", "contact_email", "source", "fictional")
        return ProgrammeFacts(
            country=self.countries[given["country"]],
            institution=self.institutions.get(given["institution"]),
            name=self.text("name"),
            summary=self.text("summary"),
            languages=joined(given["languages"]),
            evidence=_number(given["evidence"]),
            terms=self.chosen_terms(),
            **{name: given[name] for name in plain},
        )

    def _keep(self, programme: Programme | None) -> None:
        """What stands can stay, whoever edits."""
        if programme is not None:
            self.countries.setdefault(programme.country_id, programme.country)
            if programme.institution is not None:
                self.institutions.setdefault(programme.institution.code, programme.institution)


class ComponentForm(TermsForm):
    """A component, and what it needs."""

    texts = (
        Texts("name", _("Name"), longest=NAME),
        Texts("description", _("Description"), long=True),
        Texts("prerequisites", _("Prerequisites"), long=True),
        Texts("evidence_note", _("Evidence in words"), long=True),
        Texts("materials", _("Materials"), long=True),
        Texts("legal_base", _("Legal base"), long=True),
        Texts("cost_drivers", _("Cost drivers"), long=True),
    )
    needs = _several(_("Needs first"))
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=1)
    version = forms.IntegerField(
        label=_("Version"),
        min_value=1,
        max_value=999,
        initial=1,
        help_text=_("Count on when the component itself has changed, and say what in the versions of the programme."),
    )
    retired = forms.BooleanField(label=_("No longer offered"), required=False)

    def __init__(self, *args: Any, programme: Programme, component: Component | None = None, **kwargs: Any) -> None:
        if component is not None:
            kwargs["initial"] = self.initial_of(component)
        super().__init__(*args, **kwargs)
        self.others = could_be_needed(component, programme.pk)
        own = f"{programme.code}/"
        names = [
            (code, str(one) if code.startswith(own) else f"{one} ({one.programme})")
            for code, one in self.others.items()
        ]
        offer(self.fields["needs"], names)
        if not names:
            del self.fields["needs"]
        self.offer_terms(_standing(component))

    @staticmethod
    def initial_of(component: Component) -> dict[str, Any]:
        """What stands, as the fields show it."""
        texts = [text.stem for text in ComponentForm.texts]
        return {
            **{name: getattr(component, name) for name in ("position", "version", "retired", "revision")},
            "needs": [f"{one.programme.code}/{one.code}" for one in component.needs.select_related("programme")],
            **_common(component),
            **{name: value for stem in texts for name, value in spread(stem, getattr(component, stem)).items()},
        }

    def facts(self) -> ComponentFacts:
        """What was filled in, beside what the component needs."""
        given = self.cleaned_data
        return ComponentFacts(
            position=given["position"],
            version=given["version"],
            retired=given["retired"],
            languages=joined(given["languages"]),
            evidence=_number(given["evidence"]),
            terms=self.chosen_terms(),
            **{text.stem: self.text(text.stem) for text in self.texts},
        )

    def needed(self) -> list[Component]:
        """The components that were ticked."""
        return [self.others[code] for code in self.cleaned_data.get("needs", [])]


class ComponentCodeForm(forms.Form):
    """The code of a new component."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Letters without accents, numbers and hyphens; each once in a programme. It stays."),
    )


class VersionForm(TextsForm):
    """How a programme was from one date on."""

    texts = (Texts("changes", _("What changed"), long=True),)
    since = partial_date_field(_("Since"))
    source = source_field(300)

    @staticmethod
    def initial_of(version: ProgrammeVersion) -> dict[str, Any]:
        """What stands, as the fields show it."""
        return {"since": version.since, "source": version.source} | spread("changes", version.changes)


class DocumentForm(TextsForm):
    """A document and where it can be read."""

    texts = (Texts("title", _("Title"), longest=NAME),)
    url = forms.URLField(label=_("Address"), assume_scheme="https", max_length=500)
    component = forms.ChoiceField(label=_("Component"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", "—"), *SPOKEN.items()])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.components = {one.code: one for one in programme.components.all()}
        whole = [("", gettext("The whole programme"))]
        offer(self.fields["component"], whole + [(code, str(one)) for code, one in self.components.items()])

    @staticmethod
    def initial_of(document: ProgrammeDocument) -> dict[str, Any]:
        """What stands, as the fields show it."""
        component = document.component.code if document.component else ""
        given = {"url": document.url, "component": component, "language": document.language, "year": document.year}
        return given | spread("title", document.title)

    def facts(self) -> DocumentFacts:
        """What was filled in."""
        given = self.cleaned_data
        return DocumentFacts(
            title=self.text("title"),
            url=given["url"],
            component=self.components.get(given["component"]),
            language=given["language"],
            year=given["year"],
        )


def _named(name: str, term: Concept) -> str:
    return f"{term.code} {term}" if name == "quadrants" else str(term)


def _standing(on: Programme | Component | None) -> list[Concept]:
    return [] if on is None else [term for name in TERMS for term in getattr(on, name).select_related("scheme")]


def _common(on: Programme | Component) -> dict[str, Any]:
    return {
        **{name: [term.code for term in getattr(on, name).all()] for name in TERMS},
        "languages": on.languages.split(),
        "evidence": "" if on.evidence is None else str(on.evidence),
    }


def _sorted(things: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted(((code, str(thing)) for code, thing in things.items()), key=lambda pair: pair[1].casefold())
