from collections.abc import Callable
from ipaddress import ip_address

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


class DemonstrationAccountsStayHome:
    """Demonstration accounts, whose passwords are printed, answer only on the loopback address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_demo and not _from_this_machine(request):
            logout(request)
            raise PermissionDenied(_("Demonstration accounts work only on the machine that runs Ayni."))
        return self.get_response(request)


def _from_this_machine(request: HttpRequest) -> bool:
    """A forwarded request comes from elsewhere, whatever address its last hop has."""
    if "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
