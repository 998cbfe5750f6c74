"""A person's tokens of the API, a page of the account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, signed_in, tried
from ayni.interop.actions import tokens as actions
from ayni.interop.forms.tokens import TokenForm
from ayni.interop.queries.tokens import tokens_of


@signed_in
@never_cache
def api_tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the reader; a new one is shown in full this once."""
    user, form = current_user(request), TokenForm(posted(request))
    made: list[str] = []

    def make() -> None:
        _token, secret = actions.make_token(by=user, **form.asked())
        made.append(secret)

    if request.method == "POST" and form.is_valid() and tried(form, make):
        form = TokenForm()
    context = {
        "form": form,
        "tokens": list(tokens_of(user)),
        "secret": made[0] if made else "",
        "today": timezone.localdate(),
    }
    return render(request, "interop/tokens.html", context)


@signed_in
@require_POST
def api_token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A token opens nothing more."""
    token = get_object_or_404(tokens_of(current_user(request)), pk=pk)
    attempt(request, lambda: actions.revoke_token(by=current_user(request), token=token), _("The token is revoked."))
    return redirect("api_tokens")
