"""News for those who write for an institution or a country."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.permissions import WRITE_EXCHANGE
from ayni.exchange.actions.notices import see_notices
from ayni.exchange.queries.notices import notices_for, shown

PAGE = 30


@requires(WRITE_EXCHANGE)
def notices(request: HttpRequest) -> HttpResponse:
    """What happened, the latest first. The button says that those of the page were read."""
    rows = notices_for(current_user(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        see_notices(by=current_user(request), notices=page.object_list)
        return redirect("notices")
    listed = shown(page.object_list)
    context = {"notices": listed, "page_obj": page, "unread": any(one.new for one in listed)}
    return render(request, "exchange/notices.html", context)
