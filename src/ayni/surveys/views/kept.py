"""A form sent after the session ended is kept until its author has signed in again."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

KEPT = "kept-answers"
LARGEST = 300_000
HIDDEN = frozenset({"csrfmiddlewaretoken"})


def keep_for_later(request: HttpRequest) -> HttpResponse:
    """Remember in the session what was sent, and lead to the sign-in page and back."""
    body = request.POST.copy()
    for name in HIDDEN:
        body.pop(name, None)
    text = body.urlencode()
    if len(text) <= LARGEST:
        request.session[KEPT] = {"path": request.path, "body": text}
    return redirect_to_login(request.get_full_path())


def taken_back(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once."""
    kept = request.session.get(KEPT)
    if not kept or kept.get("path") != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(kept["body"])
