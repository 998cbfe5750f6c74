"""The record of changes: of one thing, and of the whole site."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayni.common.access import requires
from ayni.common.models import AuditEvent
from ayni.common.permissions import SEE_RECORD
from ayni.common.record.entries import entries, headlines, kind_of, model_of
from ayni.common.record.filters import RecordFilter

A_PAGE = 50


@require_safe
@requires(SEE_RECORD)
def whole_record(request: HttpRequest) -> HttpResponse:
    """Every change, the latest first, with filters."""
    kinds = list(AuditEvent.objects.order_by().values_list("object_type", flat=True).distinct())
    form = RecordFilter(request.GET, kinds=kinds)
    page = Paginator(form.chosen(AuditEvent.objects.order_by("-id")), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "common/record.html", {"form": form, "page_obj": page, "entries": headlines(page.object_list)}
    )


@require_safe
@requires(SEE_RECORD)
def record(request: HttpRequest, model: str, pk: str) -> HttpResponse:
    """What happened to one thing: 404 when there is and was no such thing."""
    known = model_of(model)
    if known is None:
        raise Http404
    events = AuditEvent.objects.filter(object_type=known._meta.label, object_id=pk).order_by("-id")
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    shown = entries(page.object_list)
    if not shown:
        raise Http404
    context = {"name": shown[0].name, "kind": kind_of(known._meta.label), "page_obj": page, "entries": shown}
    return render(request, "common/record_of.html", context)
