"""The record of the sides of an initiative: the page, and what each side says."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, signed_in, tried
from ayni.common.errors import Conflict
from ayni.common.permissions import DECLARE, KEEP_INITIATIVES, MEDIATE, READ_DRAFTS, may
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.registry.actions.declarations import merging
from ayni.registry.actions.declarations import sides as actions
from ayni.registry.forms.declarations import FieldsForm, ValuesForm
from ayni.registry.models import Initiative, Outcome, Validation
from ayni.registry.queries.declarations.doubles import doubles
from ayni.registry.queries.declarations.lifecycle import is_everybodys, may_merge, may_publish, speaks_for
from ayni.registry.queries.declarations.page import told_of
from ayni.registry.queries.declared import FIELDS, Wording, fingerprint, values_of
from ayni.registry.queries.initiatives.sides import visible
from ayni.registry.views.initiatives.door import find, frame

PAGE = "declarations"


@published()
def declarations(request: HttpRequest, code: str) -> HttpResponse:
    """What each side says of the record, what is in dispute, what changed since, whose turn it is."""
    found = find(request, code)
    merges = found.merged_into_id is None and _merges(request.user, found)
    context = frame(request, found, PAGE) | {
        "told": told_of(found, request.user, timezone.localdate()),
        "concerned": may(request.user, KEEP_INITIATIVES, found) or may(request.user, READ_DRAFTS),
        "may_publish": found.validation == Validation.VALIDATED and may_publish(request.user, found),
        "doubles": doubles(request.user, found) if merges or _warned(request.user, found) else [],
        "may_join": merges,
        "merged": list(found.merged.filter(visible(request.user))) if request.user.is_authenticated else [],
    }
    return render(request, "registry/declarations/declarations.html", context)


@signed_in
@require_POST
def declare(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """The side declares the record."""
    found, side = _spoken(request, code, country)
    return _said(
        request,
        found,
        lambda: actions.declare(by=current_user(request), initiative=found, country=side),
        _("Declared. The other side has 60 days to answer."),
    )


@signed_in
@require_POST
def confirm(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """The side confirms what it has seen: the page sends along what that was."""
    found, side = _spoken(request, code, country)
    seen = request.POST.get("seen")
    return _said(
        request,
        found,
        lambda: actions.confirm(by=current_user(request), initiative=found, country=side, seen=seen),
        _("Confirmed."),
    )


@signed_in
def dispute(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """Choose what is not right; then say what it should be."""
    found, side = _spoken(request, code, country)
    values = values_of(found)
    said = found.declarations.filter(country=side).first()
    taken = said.disputes.filter(outcome=Outcome.OPEN).values_list("field", flat=True) if said else ()
    choice = FieldsForm(request.GET or None, values=values, taken=list(taken))
    chosen = choice.chosen() if request.GET else []
    here = reverse(PAGE, args=[code])
    context = frame(request, found, PAGE) | {
        "title": _("%(country)s disputes the record") % {"country": side},
        "back_url": here,
        "choice": choice,
    }
    if not chosen:
        return render(request, "registry/declarations/choose.html", context)
    form = ValuesForm(
        posted(request),
        initiative=found,
        values={name: values[name] for name in chosen},
        notes=True,
        seen=fingerprint(values),
    )

    def claim() -> object:
        seen = form.cleaned_data["seen"]
        try:
            return actions.dispute(
                by=current_user(request), initiative=found, country=side, claims=form.claims(), seen=seen
            )
        except Conflict:
            # What stands now is shown: to send again is to have read it.
            take_seen(request, form, fingerprint(values))
            wording = Wording((name, values[name]) for name in chosen)
            context["facts"] = [{"term": FIELDS[name], "value": wording(name, values[name])} for name in chosen]
            raise

    if request.method == "POST" and form.is_valid() and tried(form, claim):
        return redirect(PAGE, code)
    return render(request, "registry/declarations/claim.html", context | {"form": form})


def take_seen(request: HttpRequest, form: ValuesForm, seen: str) -> None:
    """The next answer of this form is to the record as it is now."""
    data = request.POST.copy()
    data["seen"] = seen
    form.data = data


@signed_in
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody may read the record from now on."""
    found = find(request, code)
    if not may_publish(request.user, found):
        raise PermissionDenied(DECLARE)
    return _said(request, found, lambda: actions.publish(by=current_user(request), initiative=found), _("Published."))


@signed_in
def merge(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Ask before this record is merged into the other one; then do it."""
    merged = find(request, code)
    kept = get_object_or_404(Initiative.objects.filter(visible(request.user)), code=other)
    if not may_merge(request.user, merged):
        raise PermissionDenied(DECLARE)
    if request.method == "POST" and attempt(
        request,
        lambda: merging.merge_records(by=current_user(request), kept=kept, merged=merged),
        _("The two records are one now."),
    ):
        return redirect(PAGE, kept.code)
    context = {
        "title": _("It is this one"),
        "text": _("“%(merged)s” (%(code)s) joins “%(kept)s” (%(other)s).")
        % {"merged": merged, "code": merged.code, "kept": kept, "other": kept.code},
        "consequences": [
            _("One record counts; the other stays readable, with its activities, contributions and results."),
            _("Where the two differ, the side that kept this one disputes the other, and both settle it there."),
            _("This cannot be undone."),
        ],
        "confirm": _("It is this one"),
        "cancel_url": reverse(PAGE, args=[code]),
    }
    return render(request, "common/confirm.html", context)


def _merges(user: Any, found: Initiative) -> bool:
    """Whether the reader can let another record count instead of this one now."""
    return may_merge(user, found) and (may(user, MEDIATE) or not is_everybodys(user, found))


def _warned(user: Any, found: Initiative) -> bool:
    """Whoever writes the record is told of others like it until it is published."""
    open_ = found.merged_into_id is None and found.validation != Validation.PUBLISHED
    return open_ and may(user, KEEP_INITIATIVES, found)


def _spoken(request: HttpRequest, code: str, country: str) -> tuple[Initiative, Country]:
    """The initiative and its side, for whom speaks for it."""
    found, side = find(request, code), get_object_or_404(Country, pk=country)
    if not speaks_for(request.user, found, side.pk):
        raise PermissionDenied(DECLARE)
    return found, side


def _said(request: HttpRequest, found: Initiative, act: Callable[[], Any], success: str) -> HttpResponse:
    attempt(request, act, success)
    return redirect(PAGE, found.code)
