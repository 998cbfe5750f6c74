"""Writing an evaluation: its design, who carries it out, its report, and the steps of its life."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in, tried
from ayni.common.i18n import text_in
from ayni.common.permissions import APPROVE_INITIATIVES, EVALUATE
from ayni.common.text_fields import Texts
from ayni.common.views.steps import asked_step, step_page
from ayni.learning.actions.evaluations import steps as step_actions
from ayni.learning.actions.evaluations import writing as actions
from ayni.learning.forms.evaluations import CommissionForm, CriterionForm, DesignForm, ReportForm
from ayni.learning.models import Criterion, Evaluation
from ayni.learning.queries.evaluations.lifecycle import may_take, step_of
from ayni.learning.views.evaluations.door import Told, allowed, find, part_page, reported
from ayni.registry.views.initiatives.door import frame as initiative_frame
from ayni.registry.views.initiatives.door import kept


@requires(EVALUATE)
def evaluation_new(request: HttpRequest, code: str) -> HttpResponse:
    """Design an evaluation of an initiative."""
    initiative = kept(request, code, EVALUATE)
    form = DesignForm(posted(request))
    begun: list[Evaluation] = []

    def begin() -> None:
        begun.append(actions.design_evaluation(by=current_user(request), initiative=initiative, design=form.design()))

    if request.method == "POST" and form.is_valid() and tried(form, begin):
        messages.success(request, _("Saved."))
        return redirect("evaluation", begun[0].pk)
    context = initiative_frame(request, initiative, "evaluations") | {
        "form": form,
        "title": _("Design an evaluation"),
        "back_url": reverse("evaluations", args=[code]),
    }
    return render(request, "learning/evaluations/part.html", context)


@requires(EVALUATE)
def evaluation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a design."""
    found = allowed(request, pk, EVALUATE)
    form = DesignForm(posted(request), evaluation=found)

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        return actions.edit_design(by=current_user(request), evaluation=found, base=base, design=form.design())

    return part_page(
        request,
        found,
        form,
        _("The design of the evaluation"),
        change,
        standing=_standing(request, pk, DesignForm.texts),
    )


@requires(EVALUATE)
@require_POST
def evaluation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a design away."""
    found = allowed(request, pk, EVALUATE)
    done = attempt(request, lambda: actions.remove_design(by=current_user(request), evaluation=found), _("Removed."))
    return redirect("evaluations", found.initiative.code) if done else redirect("evaluation", pk)


@requires(APPROVE_INITIATIVES)
def evaluation_commission(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who evaluates."""
    found = allowed(request, pk, APPROVE_INITIATIVES)
    form = CommissionForm(posted(request), evaluation=found)

    def commission() -> object:
        return actions.commission_evaluation(
            by=current_user(request),
            evaluation=found,
            evaluator=form.cleaned_data["evaluator"],
            institution=form.chosen(),
            independent=form.cleaned_data["independent"],
        )

    return part_page(request, found, form, _("Commission the evaluation"), commission)


@requires(EVALUATE)
def evaluation_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was found."""
    found = reported(request, pk)
    form = ReportForm(posted(request), evaluation=found)

    def write() -> object:
        base = form.cleaned_data["base"] or 0
        return actions.write_report(by=current_user(request), evaluation=found, base=base, report=form.report())

    return part_page(
        request,
        found,
        form,
        _("The report"),
        write,
        standing=_standing(request, pk, ReportForm.texts),
        asked=[
            {"term": _("What is asked of the process"), "value": text_in(found.process_questions)},
            {"term": _("What is asked of the results"), "value": text_in(found.result_questions)},
        ],
    )


@requires(EVALUATE)
def evaluation_criterion(request: HttpRequest, pk: int, criterion: str) -> HttpResponse:
    """Judge one criterion, or say why it is not judged."""
    if criterion not in Criterion.values:
        raise Http404
    found = reported(request, pk)
    row = found.scores.filter(criterion=criterion).first()
    form = CriterionForm(posted(request), evaluation=found, standing=row)

    def judge() -> object:
        return actions.judge_criterion(
            by=current_user(request),
            evaluation=found,
            base=form.cleaned_data["base"] or 0,
            criterion=criterion,
            score=form.score_given(),
            finding=form.text("finding"),
        )

    def standing() -> tuple[int, Told]:
        stands = find(request, pk)
        judged = stands.scores.filter(criterion=criterion).first()
        told = f"{judged.score or '–'}: {text_in(judged.finding)}" if judged else ""
        return stands.revision, [{"label": Criterion(criterion).label, "value": told}]

    return part_page(request, found, form, str(Criterion(criterion).label), judge, standing=standing)


@signed_in
def evaluation_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask before a step, with its reason where it needs one; then take it."""
    found = find(request, pk)
    asked = asked_step(step_of, step, lambda asked: may_take(request.user, found, asked))

    def take(reason: str) -> object:
        return step_actions.take_step(by=current_user(request), evaluation=found, step=step, reason=reason)

    told = [_("The parties' responses are asked again; the record keeps those given.")] if step == "return" else []
    return step_page(request, asked, take, text=str(found), back=reverse("evaluation", args=[pk]), consequences=told)


def _standing(request: HttpRequest, pk: int, texts: Sequence[Texts]) -> Callable[[], tuple[int, Told]]:
    def told() -> tuple[int, Told]:
        stands = find(request, pk)
        return stands.revision, [{"label": one.label, "value": text_in(getattr(stands, one.stem))} for one in texts]

    return told
