"""Exchange rates from a CSV file, after a dry run row by row."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.kept import Kept
from ayni.common.permissions import KEEP_RATES
from ayni.common.views.loading import Brought, Looked, load_page, looked_through
from ayni.registry.actions.rates import load_rates
from ayni.registry.forms.contributions import RatesUpload
from ayni.registry.queries.rate_file import plan_rates
from ayni.registry.queries.rates import keeps_rates


@requires(KEEP_RATES)
def rates_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    if not keeps_rates(request.user):
        raise PermissionDenied(KEEP_RATES)
    seen = request.POST.get("seen", "")

    def put_in(file: Kept) -> Brought:
        number = load_rates(by=current_user(request), data=file.data, seen=seen)
        told = ngettext("%(number)d rate was added or changed.", "%(number)d rates were added or changed.", number)
        return Brought(told % {"number": number}, "rates")

    form = RatesUpload(posted(request), request.FILES or None)
    return load_page(request, "registry/costs/load.html", form=form, look=_look, purpose=_purpose(seen), put_in=put_in)


def _look(file: Kept) -> Looked:
    plan = plan_rates(file.data)
    return looked_through(plan.lines, digest=plan.digest, purpose=_purpose(plan.digest))


def _purpose(seen: str) -> str:
    return f"rates:{seen}"
