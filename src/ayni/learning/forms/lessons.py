"""Forms about lessons, their use, and joint products."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.directory.models import Component, Country, Institution, ProgrammeVersion
from ayni.learning.actions.lesson_uses import UseFacts
from ayni.learning.actions.lessons import LessonFacts
from ayni.learning.actions.products import ProductFacts
from ayni.learning.models import Lesson, LessonState, Product
from ayni.learning.queries.lesson_steps import KINDS
from ayni.learning.queries.lessons import TEXTS
from ayni.registry.forms.fields import COLUMNS, day, in_order, named, offer, terms, with_country
from ayni.registry.models import Initiative


class LessonFilter(forms.Form):
    """What the list can be asked for; the address holds it."""

    text = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type of learning"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = _("All")
        offer(self, "topic", in_order(terms("topics")), every)
        offer(self, "kind", KINDS.items(), every)
        offer(self, "state", LessonState.choices, every)
        offer(self, "country", named({one.pk: one for one in countries}), every)

    def asked(self) -> dict[str, str]:
        """The questions that were asked; an invented answer counts as none."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class LessonForm(TextsForm):
    """What an institution learned in an initiative."""

    texts = (
        Texts("title", gettext_lazy("Title"), longest=250),
        Texts("text", gettext_lazy("What was learned"), long=True),
        Texts("recognition", gettext_lazy("Recognition gained"), long=True),
        Texts("proposal", gettext_lazy("What new is proposed"), long=True),
    )
    first = ("institution", "activity", "captured_on")
    institution = forms.ChoiceField(label=gettext_lazy("Institution that learned it"))
    activity = forms.ChoiceField(label=gettext_lazy("Activity in which it was learned"), required=False)
    captured_on = day(gettext_lazy("Learned on"), required=True)
    joint_with = forms.ChoiceField(
        label=gettext_lazy("Learned together with"),
        required=False,
        help_text=gettext_lazy("It is asked to agree with the text."),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, widget=forms.CheckboxSelectMultiple(attrs=COLUMNS)
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, initiative: Initiative, mine: list[Institution], lesson: Lesson | None = None
    ) -> None:
        super().__init__(data, initial=_lesson(lesson) if lesson else {"captured_on": timezone.localdate()})
        self.activities = {str(one.number): one for one in initiative.activities.all()}
        parties = {one.institution.code: one.institution for one in initiative.participations.all()}
        self.keepers = {code: one for code, one in parties.items() if one in mine}
        self.others = {code: one for code, one in parties.items() if lesson is None or one != lesson.institution}
        self.known_topics = terms("topics", lesson.topics.all() if lesson else [])
        if lesson is not None:
            del self.fields["institution"]
        else:
            offer(self, "institution", with_country(self.keepers), None if len(self.keepers) == 1 else "")
        offer(
            self,
            "activity",
            [(code, str(one)) for code, one in self.activities.items()],
            _("The initiative as a whole"),
        )
        offer(self, "joint_with", with_country(self.others), _("Nobody else"))
        offer(self, "topics", in_order(self.known_topics), None)

    def keeper(self) -> Institution:
        """The institution that learned it."""
        return self.keepers[self.cleaned_data["institution"]]

    def facts(self) -> LessonFacts:
        """What was filled in."""
        given = self.cleaned_data
        return LessonFacts(
            captured_on=given["captured_on"],
            activity=self.activities.get(given["activity"]),
            joint_with=self.others.get(given["joint_with"]),
            topics=tuple(self.known_topics[code] for code in given["topics"]),
            **{name: self.text(name) for name in TEXTS},
        )


class UseForm(TextsForm):
    """Which version changed by a lesson, and the evidence."""

    texts = (
        Texts("changed", gettext_lazy("What changed by the lesson"), long=True),
        Texts("evidence_note", gettext_lazy("Evidence in words"), long=True),
    )
    first = ("what", "used_on", "evidence")
    what = forms.ChoiceField(
        label=gettext_lazy("What changed"),
        help_text=gettext_lazy("The catalogue of programmes has the new version first."),
    )
    used_on = day(gettext_lazy("Changed on"), required=True)
    evidence = forms.URLField(
        label=gettext_lazy("Address of the evidence"),
        max_length=500,
        assume_scheme="https",
        required=False,
        help_text=gettext_lazy("Or tell in words what shows it."),
    )

    def __init__(self, data: Any = None, *, versions: list[ProgrammeVersion], components: list[Component]) -> None:
        super().__init__(data, initial={"used_on": timezone.localdate()})
        self.versions = {f"version-{one.pk}": one for one in versions}
        self.components = {f"component-{one.pk}-{one.version}": one for one in components}
        of_programmes = [
            (code, _("%(programme)s, version %(number)d") % {"programme": one.programme, "number": one.number})
            for code, one in self.versions.items()
        ]
        of_components = [
            (
                code,
                _("%(programme)s: %(component)s, version %(number)d")
                % {"programme": one.programme, "component": one, "number": one.version},
            )
            for code, one in self.components.items()
        ]
        groups = [(_("Versions of programmes"), of_programmes), (_("Components"), of_components)]
        offer(self, "what", [group for group in groups if group[1]], "")

    def use(self) -> UseFacts:
        """What was filled in."""
        given = self.cleaned_data
        component = self.components.get(given["what"])
        return UseFacts(
            changed=self.text("changed"),
            used_on=given["used_on"],
            evidence=given["evidence"],
            evidence_note=self.text("evidence_note"),
            programme_version=self.versions.get(given["what"]),
            component=component,
            component_version=component.version if component else None,
        )


class ProductForm(TextsForm):
    """What was made together."""

    texts = (
        Texts("title", gettext_lazy("Title"), longest=250),
        Texts("description", gettext_lazy("Description"), long=True),
    )
    first = ("institutions", "made_on")
    institutions = forms.MultipleChoiceField(
        label=gettext_lazy("Made by"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("At least two institutions of the initiative."),
    )
    made_on = day(gettext_lazy("Made on"), required=True)
    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, assume_scheme="https", required=False)
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=100, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, initiative: Initiative, product: Product | None = None) -> None:
        super().__init__(data, initial=_product(product) if product else {"made_on": timezone.localdate()})
        self.parties = {one.institution.code: one.institution for one in initiative.participations.all()}
        offer(self, "institutions", with_country(self.parties), None)

    def facts(self) -> ProductFacts:
        """What was filled in."""
        given = self.cleaned_data
        return ProductFacts(
            title=self.text("title"),
            description=self.text("description"),
            made_on=given["made_on"],
            institutions=tuple(self.parties[code] for code in given["institutions"]),
            url=given["url"],
            licence=given["licence"],
        )


def _lesson(lesson: Lesson) -> dict[str, Any]:
    found: dict[str, Any] = {
        "activity": str(lesson.activity.number) if lesson.activity else "",
        "captured_on": lesson.captured_on,
        "joint_with": lesson.joint_with.code if lesson.joint_with else "",
        "topics": [one.code for one in lesson.topics.all()],
        "base": lesson.revision,
    }
    for name in TEXTS:
        found |= spread(name, getattr(lesson, name))
    return found


def _product(product: Product) -> dict[str, Any]:
    return {
        "institutions": [one.code for one in product.institutions.all()],
        "made_on": product.made_on,
        "url": product.url,
        "licence": product.licence,
        "base": product.revision,
        **spread("title", product.title),
        **spread("description", product.description),
    }
