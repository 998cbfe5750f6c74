"""The door of a page: who is not signed in goes to sign in, who may not gets the page 403; and how an action answers."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from ayni.common.errors import Refused
from ayni.common.permissions import may

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """The page of `view` is for people with an account."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def requires(permission: str) -> Callable[[View], View]:
    """The page of a view is for those whom a role gives `permission` anywhere at all."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        @signed_in
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def attempt(request: HttpRequest, act: Callable[[], Any], success: str) -> bool:
    """Call an action and tell the person what happened. Returns whether it was done."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, success)
    return True


def tried(form: Form, act: Callable[[], Any]) -> bool:
    """Call an action with what a form was filled in with. Returns whether it was done; a refusal is said at the form's head."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None when the page is only opened. A form sent empty is sent all the same."""
    return request.POST if request.method == "POST" else None


def take_base(request: HttpRequest, form: Form, revision: int) -> None:
    """What another has saved meanwhile was shown: to send `form` again is to save upon that revision."""
    data = request.POST.copy()
    data["base"] = str(revision)
    form.data = data
