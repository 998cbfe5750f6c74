"""Lists as files: taken away as workbook or CSV, brought back, looked at, put in. One way for every list that declares itself."""

import io
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.common.access import posted, requires
from ayni.common.kept import Kept
from ayni.common.permissions import Scoped, may
from ayni.common.sheets.load import load_sheet
from ayni.common.sheets.plan import plan_sheet
from ayni.common.sheets.sheet import Source, Standing
from ayni.common.sheets.upload import ListUpload
from ayni.common.sheets.write import workbook, write_csv
from ayni.common.views.loading import Brought, Looked, load_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MOST_SHOWN = 400
IN_MEMORY = 4 * 1024 * 1024
# Rows of a file that is made for somebody without an account; a file of anybody else is as long as the list.
MOST_WITHOUT_ACCOUNT = 5_000


@dataclass(frozen=True)
class ListPages:
    """A list's files. `rows(request)` is what the page of the list shows to this reader with these filters.

    Addresses: `<name>_xlsx`, `<name>_csv`, `<name>_import`; `back` is the page of the list, or "" where it is `<name>`.
    """

    name: str
    title: str | Promise
    permission: str
    source: Source
    rows: Callable[[HttpRequest], Iterable[Standing]]
    back: str = ""

    @property
    def page(self) -> str:
        """The name of the list's page."""
        return self.back or self.name


def sheet_paths(pages: ListPages, *, files: str, load: str) -> list[Any]:
    """The addresses of a list's files (`files` without its ending) and of its import."""

    @require_safe
    def xlsx(request: HttpRequest) -> HttpResponse:
        """What the list shows, as a workbook."""
        rows = _rows(request, pages)
        if rows is None:
            return too_long(request, MOST_WITHOUT_ACCOUNT)
        content = workbook(pages.source.sheet(request.user), rows)
        return _named(HttpResponse(content, content_type=XLSX), pages, "xlsx")

    @require_safe
    def plain(request: HttpRequest) -> HttpResponseBase:
        """What the list shows, as CSV."""
        rows = _rows(request, pages)
        return too_long(request, MOST_WITHOUT_ACCOUNT) if rows is None else _csv(request, pages, rows)

    @requires(pages.permission)
    def bring(request: HttpRequest) -> HttpResponse:
        """GET: choose a file. POST with a file: what it would change. POST with the token of that: put it in."""
        return _bring(request, pages)

    return [
        path(f"{files}.xlsx", xlsx, name=f"{pages.name}_xlsx"),
        path(f"{files}.csv", plain, name=f"{pages.name}_csv"),
        path(load, bring, name=f"{pages.name}_import"),
    ]


def list_files(
    request: HttpRequest, *lists: ListPages, on: Scoped | None = None, **asked: str
) -> dict[str, list[dict[str, str]]]:
    """The files of these lists, and where they come back, for `components/list_files.html`.

    They are asked what `asked` says, else what the page is asked; they come back from whoever may change `on` (None: anything).
    """
    query = QueryDict(mutable=True) if asked else request.GET.copy()
    query.update(asked)
    query.pop("page", None)
    may_change = [one for one in lists if may(request.user, one.permission, on)]
    return {
        "downloads": [file for one in lists for file in downloads(one, query.urlencode())],
        "back": [{"label": str(one.title), "url": reverse(f"{one.name}_import")} for one in may_change],
    }


def downloads(pages: ListPages, query: str = "") -> list[dict[str, str]]:
    """The list's files, of what the query asks for, for `components/downloads.html`."""
    asked = f"?{query}" if query else ""
    return [
        {"label": str(pages.title), "format": ending.upper(), "url": reverse(f"{pages.name}_{ending}") + asked}
        for ending in ("xlsx", "csv")
    ]


def too_long(request: HttpRequest, most: int) -> HttpResponse:
    """The page that says how to come by less, or by all, instead of a file of more than `most` rows."""
    told = _(
        "Without an account a file holds at most %(number)s rows, and this one would hold more. Filter the list first, for "
        "example by country or year, or sign in to take all of it."
    )
    return render(request, "403.html", {"sentence": told % {"number": number_format(most)}}, status=403)


def _rows(request: HttpRequest, pages: ListPages) -> Iterable[Standing] | None:
    """The rows of the file; None where they are too many for somebody without an account."""
    rows = pages.rows(request)
    if request.user.is_authenticated:
        return rows
    first = list(islice(rows, MOST_WITHOUT_ACCOUNT + 1))
    return first if len(first) <= MOST_WITHOUT_ACCOUNT else None


def _csv(request: HttpRequest, pages: ListPages, rows: Iterable[Standing]) -> HttpResponseBase:
    # Written here, in the language of the page, whatever becomes of it while the file is sent.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # closed by the response that sends it
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    write_csv(pages.source.sheet(request.user), rows, text)
    text.detach()
    file.seek(0)
    return _named(FileResponse(file, content_type=CSV), pages, "csv")


def _named(response: Any, pages: ListPages, ending: str) -> Any:
    name = f"{pages.name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _bring(request: HttpRequest, pages: ListPages) -> HttpResponse:
    seen = request.POST.get("seen", "")

    def look(file: Kept) -> Looked:
        plan = plan_sheet(pages.source, file.data, by=request.user, name=file.name)
        loadable, lines = bool(plan.going_in and not plan.refused), plan.lines()
        told = {"plan": plan, "lines": lines[:MOST_SHOWN], "more": len(lines[MOST_SHOWN:])}
        told["conflicts"] = plan.conflicts if loadable else []
        return Looked(told, _purpose(pages, plan.digest) if loadable else "")

    def put_in(file: Kept) -> Brought:
        count = load_sheet(
            by=request.user, source=pages.source, data=file.data, name=file.name, seen=seen, choices=_choices(request)
        )
        told = ngettext("%(number)d row was added or changed.", "%(number)d rows were added or changed.", count)
        return Brought(told % {"number": count}, pages.page)

    context = {"pages": pages, "downloads": downloads(pages), "back_url": reverse(pages.page)}
    form, purpose = ListUpload(posted(request), request.FILES or None), _purpose(pages, seen)
    return load_page(
        request, "common/sheet.html", form=form, look=look, purpose=purpose, put_in=put_in, context=context
    )


def _choices(request: HttpRequest) -> dict[int, str]:
    """Which version stands, by the row's number."""
    asked = ((name.removeprefix("row-"), str(value)) for name, value in request.POST.items() if name.startswith("row-"))
    return {int(number): value for number, value in asked if number.isascii() and number.isdigit() and len(number) < 9}


def _purpose(pages: ListPages, seen: str) -> str:
    return f"{pages.name}:{seen}"
