"""The own account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.accounts.actions.profile import edit_profile
from ayni.accounts.forms import ProfileForm
from ayni.accounts.queries.current import current_user
from ayni.common.access import signed_in
from ayni.common.errors import Refused


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """The person's own name and language."""
    user = current_user(request)
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(user)
    if request.method == "POST" and form.is_valid():
        try:
            edit_profile(by=user, user=user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            with override(user.language):
                messages.success(request, _("Your profile is saved."))
            return redirect(translate_url(reverse("profile"), user.language))
    return render(request, "accounts/profile.html", {"form": form})


def closed(request: HttpRequest) -> HttpResponse:
    """A page of the sign-in library that this site does not have."""
    raise Http404
