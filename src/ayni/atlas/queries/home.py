"""The key figures of an edition, and the rounds that are open."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import source_of
from ayni.common.i18n import text_in
from ayni.surveys.models import Round, RoundStatus


def key_figures(atlas: Atlas) -> list[dict[str, Any]]:
    """What an edition says in five numbers, each with its source."""
    matrix = atlas.tables["T3"]
    table, answered = source_of(atlas, "Section IV, Table 3"), source_of(atlas, "Introduction, note 1")
    found = [
        _figure(matrix["partners"], ngettext("partner country", "partner countries", matrix["partners"]), table),
        _figure(matrix["pairs"], ngettext("pair of countries", "pairs of countries", matrix["pairs"]), table),
        _figure(
            len(atlas.institutions),
            ngettext("institution answered", "institutions answered", len(atlas.institutions)),
            answered,
        ),
        _figure(
            len(atlas.reporters), ngettext("country reported", "countries reported", len(atlas.reporters)), answered
        ),
    ]
    if matrix["regions"]:
        region, most = min(matrix["regions"].items(), key=lambda item: item[1]["rank"])
        share = number_format(round(most["share"] * 100, 1), 1)
        label = _("of the partners are in %(region)s") % {"region": text_in(atlas.regions[region])}
        found.insert(2, {**_figure(0, label, table), "number": share, "unit": "%"})
    return found


def open_rounds() -> list[Round]:
    """The network's rounds that are being answered, the nearest deadline first. One query."""
    return list(Round.objects.filter(status=RoundStatus.OPEN, evaluation__isnull=True).order_by("deadline"))


def _figure(number: int, label: str, source: dict[str, str]) -> dict[str, Any]:
    return {"number": number_format(number), "label": label, "source": source["label"], "source_url": source["url"]}
