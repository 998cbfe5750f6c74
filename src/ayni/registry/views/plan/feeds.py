"""Addresses that a person's calendar program follows."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, signed_in, tried
from ayni.registry.actions.plan import feeds as actions
from ayni.registry.forms.plan import FeedForm
from ayni.registry.models import CalendarFeed
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.initiatives.sides import taking_part
from ayni.registry.queries.plan.calendars import feeds_of, followed
from ayni.registry.views.plan.reading import calendar_file


@signed_in
@never_cache
def calendar_feeds(request: HttpRequest) -> HttpResponse:
    """A person's addresses; a new one is shown in full this once."""
    user = current_user(request)
    mine = initiatives_for(user).filter(taking_part(user)).distinct()
    asked = initiatives_for(user).filter(code=request.GET.get("initiative", ""))
    choices = {one.pk: one for one in (*mine.order_by("code")[:200], *asked)}
    form = FeedForm(posted(request), initiatives=list(choices.values()), chosen=request.GET.get("initiative", ""))
    made: list[str] = []

    def make() -> None:
        language = (get_language() or "es")[:2]
        _feed, secret = actions.make_feed(by=user, language=language, initiative=form.chosen())
        made.append(settings.SITE_URL + reverse("calendar_feed", args=[secret]))

    if request.method == "POST" and form.is_valid() and tried(form, make):
        form = FeedForm(None, initiatives=list(choices.values()))
    context = {"form": form, "feeds": list(feeds_of(user)), "address": made[0] if made else ""}
    return render(request, "registry/plan/feeds.html", context)


@signed_in
@require_POST
def calendar_feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """An address answers no more."""
    feed = get_object_or_404(CalendarFeed, pk=pk, owner=current_user(request))
    attempt(request, lambda: actions.revoke_feed(by=current_user(request), feed=feed), _("The address is revoked."))
    return redirect("calendar_feeds")


@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The activities behind an address, without sign-in: what its owner may read at this moment. Revoked: 410."""
    feed = get_object_or_404(
        CalendarFeed.objects.select_related("owner", "initiative"), digest=actions.digest_of(token)
    )
    if feed.revoked_at is not None or not feed.owner.is_active:
        return HttpResponse(_("This address has been revoked."), status=410, content_type="text/plain; charset=utf-8")
    with override(feed.language):
        name = _("Work plan: %(initiative)s") % {"initiative": feed.initiative} if feed.initiative else "Ayni"
        response = calendar_file(name, "ayni", followed(feed, timezone.localdate()))
    response["X-Robots-Tag"] = "noindex"
    return response
