"""What every request of a signed-in person passes: where demonstration accounts answer, and the second step."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.accounts.queries.second_step import should_use_it, without_it

# Each of them says that somebody forwarded the request, so that it comes from elsewhere whatever its last hop is.
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_TRUE_CLIENT_IP",
)
# Pages that a person reaches before the second step is active.
OPEN_PAGES = ("account_", "mfa_", "theme")


class DemonstrationAccountsStayHome:
    """Demonstration accounts, whose passwords are printed, answer only on the loopback address, never in production."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_demonstration(request) and not _from_this_machine(request):
            return _refuse(request)
        response = self.get_response(request)
        # Somebody signed in with this very request.
        if _is_demonstration(request) and not _from_this_machine(request):
            return _refuse(request)
        return response


class SecondStepWhereRequired:
    """Where SECOND_STEP_REQUIRED holds, whoever changes what others see activates the second step first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        if not settings.SECOND_STEP_REQUIRED or not isinstance(request.user, User):
            return None
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        if name.startswith(OPEN_PAGES) or not should_use_it(request.user):
            return None
        if not without_it(User.objects.filter(pk=request.user.pk, is_demo=False)).exists():
            return None
        messages.warning(request, _("Your role requires sign-in in two steps: activate it to go on."))
        return redirect("mfa_activate_totp")


def _is_demonstration(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_demo


def _refuse(request: HttpRequest) -> HttpResponse:
    logout(request)
    sentence = _("Demonstration accounts work only on the machine that runs Ayni.")
    return render(request, "403.html", {"sentence": sentence}, status=403)


def _from_this_machine(request: HttpRequest) -> bool:
    if settings.PRODUCTION or any(header in request.META for header in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
