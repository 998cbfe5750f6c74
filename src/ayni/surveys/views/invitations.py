"""Inviting institutions to a round, one by one or as a list, and reminding them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ayni.common.access import attempt, posted, requires
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_ROUNDS
from ayni.surveys.actions import invitations as actions
from ayni.surveys.actions.letters import send_again
from ayni.surveys.forms.rounds import AddressForm, ChooseForm, PasteForm
from ayni.surveys.models import Invitation, Round
from ayni.surveys.queries.directory import institutions_like

FOUND = 30
PAGE = 50


@requires(RUN_ROUNDS)
def invitations(request: HttpRequest, code: str) -> HttpResponse:
    """Search the directory and choose; those already invited stand below."""
    round_ = get_object_or_404(Round, code=code)
    text = request.GET.get("q", "").strip()
    form = ChooseForm(posted(request), institutions=institutions_like(text, not_in=round_)[:FOUND])
    if request.method == "POST" and form.is_valid() and _invite(request, round_, form.invitees(), form):
        return redirect("round_invite", code)
    return _page(request, round_, choose=form, query=text)


@requires(RUN_ROUNDS)
@require_POST
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """Invite everybody on a pasted list, or nobody when a line is wrong."""
    round_ = get_object_or_404(Round, code=code)
    form = PasteForm(request.POST)
    if form.is_valid() and _invite(request, round_, form.cleaned_data["lines"], form):
        return redirect("round_invite", code)
    return _page(
        request, round_, paste=form, choose=ChooseForm(institutions=institutions_like("", not_in=round_)[:FOUND])
    )


@requires(RUN_ROUNDS)
def invitation(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """Where one institution is written to."""
    one = _invitation(code, institution)
    form = AddressForm(posted(request), initial={"email": one.email, "language": one.language})
    if request.method == "POST" and form.is_valid():
        actions.change_address(by=request.user, invitation=one, **form.cleaned_data)
        messages.success(request, _("The invitation is changed."))
        return redirect("round_invite", code)
    context = {
        "form": form,
        "title": _("Invitation of %(institution)s") % {"institution": one.institution},
        "submit": _("Save"),
        "cancel_url": reverse("round_invite", args=[code]),
        "crumbs": _crumbs(one.round),
    }
    return render(request, "surveys/rounds/form.html", context | _marks(one.round))


@requires(RUN_ROUNDS)
def withdraw(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """Asks, then takes the invitation back."""
    one = _invitation(code, institution)
    if request.method == "POST":
        attempt(
            request,
            lambda: actions.withdraw_invitation(by=request.user, invitation=one),
            _("The invitation is withdrawn."),
        )
        return redirect("round_invite", code)
    context = {
        "title": _("Withdraw the invitation of %(institution)s?") % {"institution": one.institution},
        "text": str(one.round),
        "consequences": [_("The institution no longer takes part in this round.")],
        "confirm": _("Withdraw the invitation"),
        "danger": True,
        "cancel_url": reverse("round_invite", args=[code]),
    }
    return render(request, "common/confirm.html", context | _marks(one.round))


@requires(RUN_ROUNDS)
@require_POST
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the institutions ticked, or (`all`) to everybody who owes answers."""
    round_ = get_object_or_404(Round, code=code)
    chosen = None if "all" in request.POST else request.POST.getlist("institution")
    back = redirect(
        f"{reverse('round', args=[code])}?{request.GET.urlencode()}" if request.GET else reverse("round", args=[code])
    )
    if chosen == []:
        messages.error(request, _("Tick the institutions to remind."))
        return back
    try:
        sent = actions.remind(by=request.user, round=round_, institutions=chosen, again="again" in request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return back
    _tell(
        request,
        sent,
        ngettext("%(number)d institution was reminded.", "%(number)d institutions were reminded.", sent.institutions),
    )
    return back


@requires(RUN_ROUNDS)
@require_POST
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """Try the letters again that could not be sent. The page that follows shows those that still cannot."""
    round_ = get_object_or_404(Round, code=code)
    try:
        send_again(by=request.user, round=round_)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("round", code)


def _invite(request: HttpRequest, round_: Round, invitees: list[actions.Invitee], form: Any) -> bool:
    try:
        sent = actions.invite(by=request.user, round=round_, invitees=invitees)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    number = len(invitees)
    text = ngettext("%(number)d institution is invited.", "%(number)d institutions are invited.", number)
    messages.success(request, text % {"number": number})
    written = ngettext(
        "%(number)d institution was written to.", "%(number)d institutions were written to.", sent.institutions
    )
    _tell(request, sent, written)
    return True


def _tell(request: HttpRequest, sent: actions.Sent, text: str) -> None:
    if sent.institutions:
        messages.success(request, text % {"number": sent.institutions})
    if sent.without_address:
        names = ", ".join(sent.without_address[: actions.NAMED])
        messages.warning(
            request,
            ngettext(
                "%(number)d institution has no address to write to: %(names)s.",
                "%(number)d institutions have no address to write to, among them: %(names)s.",
                len(sent.without_address),
            )
            % {"number": len(sent.without_address), "names": names},
        )


def _page(
    request: HttpRequest,
    round_: Round,
    *,
    choose: ChooseForm,
    paste: PasteForm | None = None,
    query: str = "",
) -> HttpResponse:
    invited = round_.invitations.select_related("institution").prefetch_related("institution__names")
    page = Paginator(invited.order_by("institution__code"), PAGE).get_page(request.GET.get("page"))
    context = {
        "round": round_,
        "choose": choose,
        "paste": paste or PasteForm(),
        "query": query,
        "page_obj": page,
        "crumbs": _crumbs(round_),
    }
    return render(request, "surveys/rounds/invitations.html", context | _marks(round_))


def _invitation(code: str, institution: str) -> Invitation:
    return get_object_or_404(
        Invitation.objects.select_related("round", "institution"), round__code=code, institution__code=institution
    )


def _crumbs(round_: Round) -> list[dict[str, str]]:
    return [
        {"label": _("Rounds"), "url": reverse("rounds")},
        {"label": str(round_), "url": reverse("round", args=[round_.code])},
    ]


def _marks(round_: Round) -> dict[str, bool]:
    return {"fictional": round_.fictional, "demo": round_.fictional}
