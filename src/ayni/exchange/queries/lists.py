"""Lists of offers and demands: what a page asks for, and what it shows of each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When

from ayni.common.i18n import folded, text_in
from ayni.exchange.models import Demand, Offer
from ayni.exchange.queries.wording import FOUND, likeness

SHOWN_TEXTS: dict[type, tuple[str, ...]] = {
    Offer: ("title", "text"),
    Demand: ("title", "problem", "objective"),
}


def filtered(rows: QuerySet[Any], **asked: Any) -> QuerySet[Any]:
    """The rows that answer every question asked; what is empty is not asked."""
    kind = rows.model
    quadrant = "quadrants__code" if kind is Offer else "needs__quadrant__code"
    by_code = {"topic": "topics__code", "modality": "modalities__code", "quadrant": quadrant, "state": "state"}
    for name, path in by_code.items():
        if asked.get(name):
            rows = rows.filter(**{path: asked[name]})
    if asked.get("country"):
        rows = rows.filter(institution__country=asked["country"])
    if asked.get("region"):
        rows = rows.filter(institution__country__regions__code=asked["region"])
    if asked.get("language"):
        rows = rows.filter(languages__contains=asked["language"])
    if asked.get("text"):
        rows = rows.filter(pk__in=_with_words(rows, asked["text"]))
    return rows.distinct()


def with_all(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what a list or a page shows of each, in a few queries for all of them."""
    cells = ["quadrants"] if rows.model is Offer else ["needs__quadrant"]
    return rows.select_related("institution__country", "component__programme").prefetch_related(
        "institution__names", "topics", "modalities", *cells
    )


def texts_of(texts: Iterable[Any]) -> str:
    """The texts as one, each in the same language for every reader."""
    return ". ".join(told for text in texts if (told := text_in(text, "es")))


def in_order(rows: QuerySet[Any], text: str = "") -> QuerySet[Any]:
    """The latest first; those found by words, the nearest in meaning first."""
    if not text:
        return rows.order_by("-id")
    places = [When(pk=pk, then=place) for place, pk in enumerate(_with_words(rows, text))]
    return rows.order_by(Case(*places, default=len(places), output_field=IntegerField()), "-id") if places else rows


def _with_words(rows: QuerySet[Any], text: str) -> list[int]:
    """Those in whose texts, in any language, every word stands (case and accents do not matter), or that mean something like it.

    The nearest in meaning first, then the latest.
    """
    words = folded(text).split()
    found = {pk: texts for pk, *texts in rows.order_by("pk").values_list("pk", *SHOWN_TEXTS[rows.model])}
    alike = likeness(text, {str(pk): texts_of(texts) for pk, texts in found.items()})
    hits = [
        pk
        for pk, texts in found.items()
        if alike.get(str(pk), 0.0) >= FOUND or all(word in folded(" ".join(_all(texts))) for word in words)
    ]
    return sorted(hits, key=lambda pk: (-alike.get(str(pk), 0.0), -pk))


def _all(texts: Iterable[Any]) -> Iterable[str]:
    for text in texts:
        yield from text.values() if isinstance(text, dict) else [text_in(text)]
