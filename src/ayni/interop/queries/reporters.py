"""Whom of the directory a report names: its publisher and its parties as institutions, and their countries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ayni.common.i18n import folded
from ayni.directory.models import Country, Institution
from ayni.interop.models import ReportedActivity

# An identifier of an organisation begins with its country's two letters (org-id.guide, as the IATI standard asks); XI, XM and XR
# are lists of international bodies.
LETTERS = 2


@dataclass(frozen=True, slots=True)
class Known:
    """The directory as references and names lead into it: institutions by folded code and name (one alone), countries by their codes."""

    institutions: dict[str, Institution]
    countries: dict[str, Country]

    def institution(self, ref: str, name: str = "") -> Institution | None:
        """The institution of this reference, else of just this name."""
        return self.institutions.get(folded(ref)) or self.institutions.get(folded(name))

    def country_of(self, ref: str, name: str = "") -> Country | None:
        """The country of the institution; else the one with which the reference begins."""
        found = self.institution(ref, name)
        if found is not None:
            return found.country
        return self.countries.get(ref[:LETTERS].upper()) if ref[LETTERS : LETTERS + 1] == "-" else None


def known() -> Known:
    """Three queries, however many institutions. A name that two institutions bear leads to none."""
    found: dict[str, set[Institution]] = defaultdict(set)
    for one in Institution.objects.select_related("country").prefetch_related("names"):
        found[folded(one.code)].add(one)
        for name in one.names.all():
            for text in (*name.name.values(), name.acronym):
                found[folded(text)].add(one)
    alone = {key: next(iter(ones)) for key, ones in found.items() if key and len(ones) == 1}
    return Known(alone, {one.iso2: one for one in Country.objects.all() if one.iso2})


def institutions_in(reports: Iterable[ReportedActivity], directory: Known) -> Sequence[Institution]:
    """Institutions of the directory that take part in what is reported, publishers first; each once. Reads `parties`."""
    kept = list(reports)
    told = [(one.publisher, one.publisher_name) for one in kept]
    told += [(row.ref, row.name) for one in kept for row in one.parties.all()]
    found = [directory.institution(ref, name) for ref, name in told]
    return list(dict.fromkeys(one for one in found if one is not None))
