"""The draft of a questionnaire: its description, sections and questions, each change checked as a whole questionnaire."""

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_INSTRUMENTS, require
from ayni.surveys.actions.instruments import add_version, change_version
from ayni.surveys.formats import spec_edit
from ayni.surveys.formats.conditions import ConditionError
from ayni.surveys.formats.spec import InstrumentSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.forms.instrument_edit import DescriptionForm, NewInstrumentForm, QuestionForm, SectionForm
from ayni.surveys.models import Instrument, InstrumentVersion
from ayni.surveys.queries.instrument_page import shown, version_for
from ayni.surveys.queries.instruments import spec_of, vocabularies_in_force

Change = Callable[[], InstrumentSpec]


def _draft(request: HttpRequest, code: str, number: int) -> tuple[InstrumentVersion, InstrumentSpec]:
    require(request.user, EDIT_INSTRUMENTS)
    version = version_for(request.user, code, number)
    if version.status != "draft":
        raise Http404(_("This version is published and no longer changes."))
    return version, spec_of(version)


def _saved(request: HttpRequest, version: InstrumentVersion, form: forms.Form, change: Change) -> bool:
    """Save the draft as `change` makes it; what cannot be is said in the form."""
    try:
        seen = request.POST.get("seen", "")
        change_version(by=request.user, version=version, spec=change(), seen=seen)
    except (Refused, SpecError, ConditionError) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True


def _page(
    request: HttpRequest, version: InstrumentVersion, spec: InstrumentSpec, form: forms.Form, title: str
) -> HttpResponse:
    seen = request.POST.get("seen") or spec_edit.digest(spec)
    context = {"version": version, "form": form, "title": title, "seen": seen}
    return render(request, "surveys/instruments/form.html", context)


@login_required
def instrument_new(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire of its own."""
    require(request.user, EDIT_INSTRUMENTS)
    form = NewInstrumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if Instrument.objects.filter(code=form.cleaned_data["code"]).exists():
                raise Refused(_("There is a questionnaire with this code already."))
            version = add_version(by=request.user, spec=form.spec())
        except (Refused, SpecError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft stands. Add its sections and questions."))
            return redirect("instrument_edit", version.instrument.code, version.number)
    return render(request, "surveys/instruments/form.html", {"form": form, "title": _("New questionnaire")})


@login_required
@require_POST
def instrument_draft(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A draft of the next version that begins as a copy of this one."""
    require(request.user, EDIT_INSTRUMENTS)
    version = version_for(request.user, code, number)
    try:
        draft = add_version(by=request.user, spec=spec_of(version))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("instrument", code, number)
    return redirect("instrument_edit", code, draft.number)


@login_required
def instrument_edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The draft with its sections and questions, each with what can be done to it."""
    version, spec = _draft(request, code, number)
    context = {"version": version, "sections": shown(spec), "seen": spec_edit.digest(spec)}
    return render(request, "surveys/instruments/edit.html", context)


@login_required
def instrument_describe(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Title, introduction, main language, source."""
    version, spec = _draft(request, code, number)
    titled = version.instrument.versions.count() == 1
    form = DescriptionForm(request.POST or None, spec=spec, titled=titled)

    def change() -> InstrumentSpec:
        return replace(
            spec,
            title=form.text("title") if titled else spec.title,
            introduction=form.text("introduction"),
            default_language=form.cleaned_data["default_language"],
            source=form.cleaned_data["source"],
        )

    if request.method == "POST" and form.is_valid() and _saved(request, version, form, change):
        return redirect("instrument_edit", code, number)
    return _page(request, version, spec, form, _("Title and introduction"))


@login_required
def instrument_section(request: HttpRequest, code: str, number: int, section: str = "") -> HttpResponse:
    """Change a section, or add one with its first question."""
    version, spec = _draft(request, code, number)
    standing = next((each for each in spec.sections if each.code == section), None)
    if section and standing is None:
        raise Http404(_("There is no such section."))
    form = SectionForm(request.POST or None, instrument=spec, section=standing)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(request, version, form, lambda: spec_edit.with_section(spec, form.spec()))
    ):
        return redirect("instrument_edit", code, number)
    return _page(request, version, spec, form, _("Section") if standing else _("New section"))


@login_required
def instrument_question(request: HttpRequest, code: str, number: int, section: str, question: str = "") -> HttpResponse:
    """Change a question, or add one at the end of a section."""
    version, spec = _draft(request, code, number)
    home = next((each for each in spec.sections if each.code == section), None)
    standing = next((asked for asked in home.questions if asked.code == question), None) if home else None
    if home is None or (question and standing is None):
        raise Http404(_("There is no such question."))
    form = QuestionForm(
        request.POST or None, instrument=spec, section=section, vocabularies=vocabularies_in_force(), question=standing
    )

    def change() -> InstrumentSpec:
        made = form.spec()
        if standing is None and made.code in {asked.code for asked in spec.questions()}:
            raise SpecError(_("There is a question with the code “%(code)s” already.") % {"code": made.code})
        return spec_edit.with_question(spec, section, made)

    if request.method == "POST" and form.is_valid() and _saved(request, version, form, change):
        return redirect("instrument_edit", code, number)
    return _page(request, version, spec, form, _("Question") if standing else _("New question"))


@login_required
@require_POST
def instrument_change(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Move or remove a section or a question: `do` up, down or remove, and the code of one of the two."""
    version, spec = _draft(request, code, number)
    do, section, question = (request.POST.get(name, "") for name in ("do", "section", "question"))
    try:
        if do == "remove":
            changed = (
                spec_edit.without_question(spec, question) if question else spec_edit.without_section(spec, section)
            )
        elif question:
            changed = spec_edit.moved_question(spec, question, up=do == "up")
        else:
            changed = spec_edit.moved_section(spec, section, up=do == "up")
        change_version(by=request.user, version=version, spec=changed, seen=request.POST.get("seen", ""))
    except (Refused, SpecError) as refusal:
        messages.error(request, str(refusal))
    return redirect("instrument_edit", code, number)
