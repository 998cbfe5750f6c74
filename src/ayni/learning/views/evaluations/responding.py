"""What a party says to an evaluation, and what it then did."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.directory.models import Institution
from ayni.learning.actions.evaluations import responses as actions
from ayni.learning.forms.evaluations import DoneForm, ReplyForm
from ayni.learning.models import Evaluation
from ayni.learning.queries.evaluations.parties import institutions_of
from ayni.learning.views.evaluations.door import Told, find, part_page


@requires(KEEP_INITIATIVES)
def respond(request: HttpRequest, pk: int, institution: str) -> HttpResponse:
    """Give or change the response of one's own institution."""
    found = find(request, pk)
    party = _party(request, found, institution)
    standing = found.responses.filter(institution=party).first()
    form = ReplyForm(posted(request), standing=standing)

    def give() -> object:
        base = form.cleaned_data["base"] or 0
        return actions.respond(
            by=current_user(request), evaluation=found, institution=party, base=base, reply=form.reply()
        )

    def stands() -> tuple[int, Told]:
        now = found.responses.get(institution=party)
        return now.revision, [
            {"label": _("The recommendations are"), "value": now.get_answer_display()},
            {"label": _("What your institution says"), "value": text_in(now.text)},
            {"label": _("What it will do"), "value": text_in(now.measures)},
        ]

    return part_page(
        request,
        found,
        form,
        _("Response of %(institution)s") % {"institution": party},
        give,
        standing=stands,
        asked=[{"term": _("Recommendations"), "value": text_in(found.recommendations)}],
    )


@requires(KEEP_INITIATIVES)
def measure_done(request: HttpRequest, pk: int, institution: str) -> HttpResponse:
    """Say when a measure was done."""
    found = find(request, pk)
    party = _party(request, found, institution)
    row = get_object_or_404(found.responses.select_related("institution"), institution=party)
    form = DoneForm(posted(request))

    def finish() -> object:
        return actions.measure_done(by=current_user(request), response=row, done_on=form.cleaned_data["done_on"])

    told = [{"term": _("What it will do"), "value": text_in(row.measures)}]
    return part_page(request, found, form, _("The measure is done"), finish, asked=told)


def _party(request: HttpRequest, found: Evaluation, code: str) -> Institution:
    """The institution that takes part, for its own people. Raises Http404 and PermissionDenied."""
    numbers = [one.pk for one in institutions_of(found.initiative)]
    party = get_object_or_404(Institution.objects.prefetch_related("names"), pk__in=numbers, code=code)
    if not may(request.user, KEEP_INITIATIVES, party):
        raise PermissionDenied(KEEP_INITIATIVES)
    return party
