"""Which records an account of cooperation is about: public ones, of a year, of one country or of the whole network."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from ayni.common.i18n import folded
from ayni.directory.models import Country
from ayni.registry.models import PUBLIC_RECORDS, Initiative, InitiativeState
from ayni.registry.queries.initiatives.lists import in_year

# What has been cancelled, and what has not begun to be agreed, is no cooperation of the year.
NOT_COUNTED = (InitiativeState.CANCELLED, InitiativeState.IDENTIFICATION)


@dataclass(frozen=True, slots=True)
class Scope:
    """`country` None: the whole network."""

    year: int
    country: Country | None = None

    @property
    def code(self) -> str:
        """A name for files: "chl-2026", "network-2026"."""
        return f"{self.country.pk.lower() if self.country else 'network'}-{self.year}"

    def initiatives(self) -> QuerySet[Initiative]:
        """The public records that lie in the year; each once, whatever was merged into it."""
        rows = Initiative.objects.filter(in_year(self.year), validation__in=PUBLIC_RECORDS, merged_into__isnull=True)
        return self.of_country(rows.exclude(state__in=NOT_COUNTED))

    def all_records(self) -> QuerySet[Initiative]:
        """Those of the year in whatever state of their validation: to count them, never to show them."""
        rows = Initiative.objects.filter(in_year(self.year), merged_into__isnull=True)
        return self.of_country(rows.exclude(state__in=NOT_COUNTED))

    def all_years(self) -> QuerySet[Initiative]:
        """The public records of every year: what lasts is seen after the end."""
        return self.of_country(Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True))

    def of_country(self, rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
        """Those of `rows` in which the scope's country takes part."""
        if self.country is None:
            return rows
        mine = Initiative.objects.filter(participations__institution__country=self.country).order_by().values("pk")
        return rows.filter(pk__in=mine)


def taking_part(scope: Scope) -> list[Country]:
    """The countries of an account of the whole network, by name; none in that of one country."""
    if scope.country is not None:
        return []
    mine = scope.initiatives().order_by().values("pk")
    found = Country.objects.filter(institutions__participations__initiative__in=mine).distinct()
    return sorted(found, key=lambda one: folded(str(one)))


def first_year() -> int:
    """The first year of which there is a public record; this year when there is none."""
    rows = Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True, starts_on__isnull=False)
    first = rows.order_by("starts_on").values_list("starts_on", flat=True).first()
    today = timezone.localdate()
    return min(first or today, today).year


def years() -> list[int]:
    """The years that an account can be about, the latest first."""
    return list(range(timezone.localdate().year, first_year() - 1, -1))
