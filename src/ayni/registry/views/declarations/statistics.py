"""The records counted: each once, validated and unilateral apart; as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ayni.common.delimited import csv_file
from ayni.common.published import published
from ayni.registry.queries.counts import KINDS, Counted, Counts, counted_for
from ayni.registry.queries.initiatives.lists import initiatives_for

HEAD = ("table", "key", "label", *KINDS)


@published()
def statistics(request: HttpRequest) -> HttpResponse:
    """By country, pair of countries, type and year."""
    counts = counted_for(request.user)
    heads = {
        "country": _("Country"),
        "pair": _("Pair of countries"),
        "type": _("Type of cooperation"),
        "year": _("Year"),
    }
    context = {
        "counts": counts,
        "tables": [
            {
                "name": name,
                "caption": caption,
                "head": heads[name],
                "rows": [{"of": one, "url": _leads_to(name, one)} for one in rows],
            }
            for name, caption, rows in _tables(counts)
        ],
        "files": [{"label": _("All tables"), "url": reverse("initiative_statistics_file"), "format": "CSV"}],
        "list_url": reverse("initiatives"),
        "demo": True,
        "fictional": initiatives_for(request.user).filter(fictional=True).exists(),
    }
    return render(request, "registry/declarations/statistics.html", context)


@published()
def statistics_file(request: HttpRequest) -> HttpResponse:
    """The same as one file, a line for each row of each table; countries and types by their codes too."""
    content = csv_file([HEAD, *_lines(counted_for(request.user))])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="records.csv"'
    return response


def _tables(counts: Counts) -> Iterator[tuple[str, str, list[Counted]]]:
    yield "country", _("By country"), counts.countries
    yield "pair", _("By pair of countries"), counts.pairs
    yield "type", _("By type of cooperation"), counts.types
    yield "year", _("By the year of the first day"), counts.years


def _lines(counts: Counts) -> Iterator[tuple[Any, ...]]:
    yield "total", "", "", *(getattr(counts.total, kind) for kind in KINDS)
    for name, _caption, rows in _tables(counts):
        for one in rows:
            key = "-".join(str(part) for part in one.key)
            yield name, key, one.label, *(getattr(one, kind) for kind in KINDS)


def _leads_to(name: str, one: Counted) -> str:
    """The list of just these records, where the list can be asked for them."""
    return f"{reverse('initiatives')}?{urlencode({name: one.key[0]})}" if name in ("country", "type") else ""
