"""Versions of the matrix: read by everybody, drafted and put in force by the secretariat."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayni.common.access import attempt, requires
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_MATRIX, may
from ayni.common.published import published
from ayni.exchange.actions import matrix as actions
from ayni.exchange.forms.matrix import MatrixForm, QuadrantForm
from ayni.exchange.models import MatrixScheme, VersionStatus
from ayni.exchange.queries.matrix import quadrants_of, versions_for
from ayni.exchange.queries.matrix_page import QuadrantShown, figure_of


@require_safe
@published()
def versions(request: HttpRequest) -> HttpResponse:
    """Every version of the matrix; drafts for those who may read them."""
    context = {
        "schemes": versions_for(request.user),
        "edits": may(request.user, EDIT_MATRIX),
        "crumbs": _crumbs()[:1],
    }
    return render(request, "exchange/matrix/versions.html", context)


@require_safe
@published()
def version(request: HttpRequest, version: int) -> HttpResponse:
    """A version with its axes and what each quadrant asks for."""
    scheme = next((one for one in versions_for(request.user) if one.version == version), None)
    if scheme is None:
        raise Http404(_("There is no such version."))
    context = {
        "scheme": scheme,
        "figure": figure_of([QuadrantShown(row, None) for row in quadrants_of(scheme)]),
        "edits": may(request.user, EDIT_MATRIX),
        "crumbs": _crumbs(),
    }
    return render(request, "exchange/matrix/version.html", context)


@requires(EDIT_MATRIX)
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the latest version; with a draft there already, open that one."""
    try:
        scheme = actions.draft_matrix(by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
        scheme = get_object_or_404(MatrixScheme, status=VersionStatus.DRAFT)
    return redirect("matrix_edit", scheme.version)


@requires(EDIT_MATRIX)
def edit(request: HttpRequest, version: int) -> HttpResponse:
    """A draft: its title, note and axes, and the way to its quadrants."""
    scheme = get_object_or_404(MatrixScheme, version=version)
    if scheme.status != VersionStatus.DRAFT:
        return _no_longer(request, scheme)
    form = MatrixForm(request.POST) if request.method == "POST" else MatrixForm.of(scheme)
    if request.method == "POST" and form.is_valid():
        texts = {text.stem: form.text(text.stem) for text in MatrixForm.texts}
        if attempt(request, lambda: actions.describe_matrix(by=request.user, scheme=scheme, **texts), _("Saved.")):
            return redirect("matrix_edit", version)
    context = {"scheme": scheme, "form": form, "quadrants": quadrants_of(scheme), "crumbs": _crumbs(scheme)}
    return render(request, "exchange/matrix/edit.html", context)


@requires(EDIT_MATRIX)
def quadrant(request: HttpRequest, version: int, code: str) -> HttpResponse:
    """What a quadrant of a draft says and asks for."""
    scheme = get_object_or_404(MatrixScheme, version=version)
    row = get_object_or_404(scheme.quadrants.select_related("quadrant", "scheme"), quadrant__code=code)
    if scheme.status != VersionStatus.DRAFT:
        return _no_longer(request, scheme)
    form = QuadrantForm(request.POST or None, quadrant=row)
    if request.method == "POST" and form.is_valid():
        facts = actions.QuadrantFacts(
            **{text.stem: form.text(text.stem) for text in QuadrantForm.texts},
            mechanisms=tuple(form.cleaned_data["mechanisms"]),
            agreement_forms=tuple(form.cleaned_data["agreement_forms"]),
        )
        if attempt(request, lambda: actions.change_quadrant(by=request.user, quadrant=row, facts=facts), _("Saved.")):
            return redirect("matrix_edit", version)
    context = {"scheme": scheme, "form": form, "quadrant": row, "crumbs": _crumbs(scheme)}
    return render(request, "exchange/matrix/quadrant.html", context)


@requires(EDIT_MATRIX)
def in_force(request: HttpRequest, version: int) -> HttpResponse:
    """Ask, then put the draft in force."""
    scheme = get_object_or_404(MatrixScheme, version=version)
    if scheme.status != VersionStatus.DRAFT:
        return _no_longer(request, scheme)
    if request.method == "POST":
        said = _("The version is in force.")
        done = attempt(request, lambda: actions.put_matrix_in_force(by=request.user, scheme=scheme), said)
        return redirect("matrix_version" if done else "matrix_edit", version)
    context = {
        "title": _("Put version %(number)d of the matrix in force?") % {"number": version},
        "text": _("The matrix shows it from now on. It can no longer be changed, only followed by a new version."),
        "consequences": [_("The version in force until now stays to be read.")],
        "confirm": _("Put in force"),
        "cancel_url": reverse("matrix_edit", args=[version]),
    }
    return render(request, "common/confirm.html", context)


@requires(EDIT_MATRIX)
def delete(request: HttpRequest, version: int) -> HttpResponse:
    """Ask, then throw the draft away."""
    scheme = get_object_or_404(MatrixScheme, version=version)
    if scheme.status != VersionStatus.DRAFT:
        return _no_longer(request, scheme)
    if request.method == "POST":
        said = _("The draft is deleted.")
        attempt(request, lambda: actions.delete_matrix_draft(by=request.user, scheme=scheme), said)
        return redirect("matrix_versions")
    context = {
        "title": _("Delete the draft of version %(number)d of the matrix?") % {"number": version},
        "text": _("The changes made in this draft are lost. The version in force stays."),
        "confirm": _("Delete the draft"),
        "danger": True,
        "cancel_url": reverse("matrix_edit", args=[version]),
    }
    return render(request, "common/confirm.html", context)


def _no_longer(request: HttpRequest, scheme: MatrixScheme) -> HttpResponse:
    messages.info(request, _("This version no longer changes. Make a new version and change that."))
    return redirect("matrix_version", scheme.version)


def _crumbs(scheme: MatrixScheme | None = None) -> list[dict[str, str]]:
    crumbs = [
        {"label": _("Cooperation matrix"), "url": reverse("matrix")},
        {"label": _("Versions"), "url": reverse("matrix_versions")},
    ]
    if scheme is not None:
        label = _("Version %(number)d") % {"number": scheme.version}
        crumbs.append({"label": label, "url": reverse("matrix_edit", args=[scheme.version])})
    return crumbs
