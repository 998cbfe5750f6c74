"""The catalogue: which programmes fit what is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from ayni.common.country_names import folded
from ayni.common.i18n import language, text_in
from ayni.directory.models import SPOKEN, Component, Concept, Country, Evidence, Institution, Programme
from ayni.directory.queries.programmes.columns import VOCABULARIES

Choices = list[tuple[str, str]]


def programmes(asked: Mapping[str, str]) -> QuerySet[Programme]:
    """Those that fit every question asked, with what a list says of each. A component counts for its programme.

    A text is looked for in names, acronyms, codes and summaries in every language, without regard to case and accents: one
    more query.
    """
    found = Programme.objects.filter(*(_term(name, asked[name]) for name in VOCABULARIES if asked.get(name)))
    if asked.get("country"):
        found = found.filter(country=asked["country"])
    if asked.get("institution"):
        found = found.filter(institution__code=asked["institution"])
    if asked.get("language"):
        found = found.filter(_own_or_component(languages__contains=asked["language"]))
    if asked.get("evidence"):
        found = found.filter(_own_or_component(evidence__gte=int(asked["evidence"])))
    if asked.get("q"):
        found = found.filter(pk__in=_with_words(found, asked["q"]))
    offered = Count("components", filter=Q(components__retired=False))
    return (
        found.annotate(offered=offered)
        .select_related("country", "institution")
        .prefetch_related("institution__names", "topics", "quadrants")
        .order_by(KeyTextTransform(language(), "country__name"), "code")
    )


def choices() -> dict[str, Choices]:
    """{question: [(value, name)]} of what can be asked. Five queries."""
    countries = Country.objects.filter(Exists(Programme.objects.filter(country=OuterRef("pk"))))
    institutions = Institution.objects.filter(Exists(Programme.objects.filter(institution=OuterRef("pk"))))
    terms = Concept.objects.filter(scheme__code__in=VOCABULARIES.values(), scheme__status="current", retired_on=None)
    by_scheme: dict[str, Choices] = {scheme: [] for scheme in VOCABULARIES.values()}
    for term in terms.select_related("scheme").order_by("position"):
        by_scheme[term.scheme.code].append((term.code, _term_name(term)))
    return {
        **{column: by_scheme[scheme] for column, scheme in VOCABULARIES.items()},
        "country": _sorted((country.pk, str(country)) for country in countries),
        "institution": _sorted((one.code, str(one)) for one in institutions.prefetch_related("names")),
        "language": [(code, str(name)) for code, name in SPOKEN.items()],
        "evidence": [(str(value), _at_least(str(name))) for value, name in Evidence.choices if value],
    }


def _term(name: str, code: str) -> Q:
    return _own_or_component(**{f"{name}__code": code})


def _own_or_component(**asked: Any) -> Q:
    """The programme itself, or one of its components that are offered."""
    own = Programme.objects.filter(pk=OuterRef("pk"), **asked)
    parts = Component.objects.filter(programme=OuterRef("pk"), retired=False, **asked)
    return Q(Exists(own)) | Q(Exists(parts))


def _with_words(found: QuerySet[Programme], asked: str) -> list[int]:
    words = folded(asked).split()
    rows = found.values_list("pk", "code", "acronym", "name", "summary")
    return [
        pk
        for pk, code, acronym, name, summary in rows
        if all(word in folded(" ".join([code, acronym, *name.values(), *summary.values()])) for word in words)
    ]


def _term_name(term: Concept) -> str:
    label = text_in(term.label)
    return f"{term.code} · {label}" if term.scheme.code == "quadrants" else label


def _at_least(name: str) -> str:
    return _("%(evidence)s, or better") % {"evidence": name}


def _sorted(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: folded(pair[1]))
