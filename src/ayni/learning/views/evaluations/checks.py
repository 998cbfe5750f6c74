"""A side says what remains of an initiative in its own country."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires, take_base, tried
from ayni.common.errors import Conflict
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.directory.models import Institution
from ayni.learning.actions.evaluations import checks as actions
from ayni.learning.forms.sustainability import CheckForm
from ayni.learning.models import LASTING, CheckMoment
from ayni.learning.queries.evaluations.checks import ITEMS
from ayni.learning.queries.evaluations.parties import institutions_of
from ayni.registry.views.initiatives.door import find, frame


@requires(KEEP_INITIATIVES)
def check(request: HttpRequest, code: str, moment: str, institution: str) -> HttpResponse:
    """Make or correct the check of one's own side; of two at once the later is shown what the other has saved."""
    if moment not in CheckMoment.values:
        raise Http404
    initiative = find(request, code)
    numbers = [one.pk for one in institutions_of(initiative)]
    side = get_object_or_404(Institution.objects.prefetch_related("names"), pk__in=numbers, code=institution)
    if not may(request.user, KEEP_INITIATIVES, side):
        raise PermissionDenied(KEEP_INITIATIVES)
    standing = initiative.checks.filter(institution=side, moment=moment).select_related("institution").first()
    form = CheckForm(posted(request), standing=standing)
    differing: list[dict[str, object]] = []

    def keep() -> object:
        by, remains = current_user(request), form.remains()
        if standing is None:
            return actions.make_check(by=by, initiative=initiative, institution=side, moment=moment, remains=remains)
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_check(by=by, check=standing, base=base, remains=remains)
        except Conflict:
            now = initiative.checks.get(pk=standing.pk)
            differing.extend({"label": ITEMS[item], "value": _told(getattr(now, item))} for item in LASTING)
            take_base(request, form, now.revision)
            raise

    if request.method == "POST" and form.is_valid() and tried(form, keep):
        messages.success(request, _("Saved."))
        return redirect("evaluations", code)
    context = frame(request, initiative, "evaluations") | {
        "form": form,
        "title": _("What remains in %(country)s, %(moment)s")
        % {"country": side.country or side, "moment": CheckMoment(moment).label},
        "differing": differing,
        "back_url": reverse("evaluations", args=[code]),
    }
    return render(request, "learning/evaluations/part.html", context)


def _told(value: int | None) -> str:
    return _("Not known") if value is None else str(value)
