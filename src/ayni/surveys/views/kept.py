"""A form sent after the session ended is kept until its author has signed in again."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

KEPT = "kept-answers"
# Anybody can send a form: what is kept for them is small, rare (settings: "keep"), and gone after four hours.
LARGEST = 300_000
SECONDS = 4 * 60 * 60
HIDDEN = frozenset({"csrfmiddlewaretoken"})


def keep_for_later(request: HttpRequest) -> HttpResponse:
    """Remember in the session what was sent, and lead to the sign-in page and back; say so where it cannot be kept."""
    body = request.POST.copy()
    for name in HIDDEN:
        body.pop(name, None)
    text = body.urlencode()
    if len(text) <= LARGEST and consume(request, action="keep", key="everybody"):
        request.session[KEPT] = {"path": request.path, "body": text}
        request.session.set_expiry(SECONDS)
    else:
        messages.warning(
            request, _("What you wrote could not be kept here. Sign in, go back in your browser and save it again.")
        )
    return redirect_to_login(request.get_full_path())


def taken_back(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once."""
    kept = request.session.get(KEPT)
    if not kept or kept.get("path") != request.path:
        return None
    del request.session[KEPT]
    request.session.set_expiry(None)
    return QueryDict(kept["body"])
