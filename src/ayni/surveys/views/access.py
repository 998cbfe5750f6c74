"""Who may open a page, and how an action's answer reaches the person."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from ayni.common.errors import Refused
from ayni.common.permissions import require

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """A page of those who hold `permission` somewhere: others get 403, and nobody in particular signs in first."""

    def decorated(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorated


def attempt(request: HttpRequest, act: Callable[[], Any], success: str) -> bool:
    """Call an action and tell the person what happened. Returns whether it was done."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, success)
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None when the page is only opened. A form sent empty is sent all the same."""
    return request.POST if request.method == "POST" else None
