"""Exchange rates from a CSV file, after a dry run row by row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.errors import Refused
from ayni.common.kept import forget, keep, kept
from ayni.common.permissions import KEEP_RATES
from ayni.common.sheets.lines import counts
from ayni.registry.actions.rates import load_rates
from ayni.registry.forms.contributions import RatesUpload
from ayni.registry.queries.rate_file import plan_rates
from ayni.registry.queries.rates import keeps_rates


@requires(KEEP_RATES)
def rates_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    if not keeps_rates(request.user):
        raise PermissionDenied(KEEP_RATES)
    if "token" in request.POST:
        return _load(request)
    form = RatesUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            context |= _dry_run(request, file.read(), file.name)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "registry/costs/load.html", context)


def _dry_run(request: HttpRequest, data: bytes, name: str) -> dict[str, object]:
    plan = plan_rates(data)
    loadable = plan.rates and not plan.refused
    token = keep(data, name=name, by=request.user, purpose=_purpose(plan.digest)) if loadable else ""
    shown = [line for line in plan.lines if line.state != "unchanged"]
    told = {"lines": shown, "counts": counts(plan.lines), "refused": bool(plan.refused)}
    return {**told, "token": token, "seen": plan.digest, "name": name, "read": True}


def _load(request: HttpRequest) -> HttpResponse:
    token, seen = request.POST["token"], request.POST.get("seen", "")
    try:
        file = kept(token, by=request.user, purpose=_purpose(seen))
        number = load_rates(by=current_user(request), data=file.data, seen=seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("rates_load")
    forget(token)
    told = ngettext("%(number)d rate was added or changed.", "%(number)d rates were added or changed.", number)
    messages.success(request, told % {"number": number})
    return redirect("rates")


def _purpose(seen: str) -> str:
    return f"rates:{seen}"
