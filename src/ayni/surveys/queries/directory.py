"""Looking institutions up in the directory."""

from django.db.models import Q, QuerySet

from ayni.common.i18n import LANGUAGES
from ayni.directory.models import Institution
from ayni.surveys.models import Round


def named_like(text: str, prefix: str = "") -> Q:
    """Whether the code, an acronym or a name in any language holds `text`. Joins names: make the result distinct."""
    found = Q(**{f"{prefix}code__icontains": text}) | Q(**{f"{prefix}names__acronym__icontains": text})
    for lang in LANGUAGES:
        found |= Q(**{f"{prefix}names__name__{lang}__icontains": text})
    return found


def institutions_like(text: str, *, not_in: Round) -> QuerySet[Institution]:
    """The institutions so named, or of a country so named or coded, that are not invited to the round yet."""
    country = Q(country__iso3__iexact=text) | Q(country__iso2__iexact=text)
    for lang in LANGUAGES:
        country |= Q(**{f"country__name__{lang}__icontains": text})
    found = Institution.objects.filter(named_like(text) | country) if text else Institution.objects.all()
    invited = not_in.invitations.values("institution")
    return found.exclude(pk__in=invited).select_related("country").prefetch_related("names").distinct().order_by("code")
