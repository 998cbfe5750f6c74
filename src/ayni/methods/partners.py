"""The partner matrix of a diagnosis (Table 3 of the 2010 document): who names whom, with subtotals by region.

See docs/methods/partner-matrix.md and docs/methods/declarations.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """An institution says that it cooperates with a partner country. `reporter` is the institution's own country."""

    institution: str
    reporter: str
    partner: str

    def __post_init__(self) -> None:
        if not (self.institution and self.reporter and self.partner):
            raise ValueError(f"{self}: a mark needs an institution, its country and a partner.")
        if self.partner == self.reporter:
            raise ValueError(f"{self}: a country does not cooperate with itself.")


@dataclass(frozen=True, slots=True)
class Row:
    """One partner country: its region and the institutions that name it, in the matrix's order."""

    partner: str
    region: str
    institutions: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.institutions)


@dataclass(frozen=True, slots=True)
class PartnerMatrix:
    """Everything that Table 3 adds up.

    `totals` {institution: partners}; `subtotals` {region: {institution: partners}}, zeros included; `region_partners`
    {region: partners} and `region_shares` their fractions; `by_country` {reporter: partners, institutions merged};
    `pairs` their sum; `common` the partners of every reporter; `exclusive` {partner: its only reporter}.
    """

    rows: tuple[Row, ...]
    totals: Mapping[str, int]
    subtotals: Mapping[str, Mapping[str, int]]
    region_partners: Mapping[str, int]
    region_shares: Mapping[str, float]
    by_country: Mapping[str, int]
    common: tuple[str, ...]
    exclusive: Mapping[str, str]

    @property
    def partners(self) -> int:
        return len(self.rows)

    @property
    def pairs(self) -> int:
        return sum(self.by_country.values())


def partner_matrix(
    marks: Iterable[Mark], *, institutions: Sequence[str], region_of: Mapping[str, str], regions: Sequence[str]
) -> PartnerMatrix:
    """Add up `marks`, in one pass. Rows come in the order of `regions`, then of the partner's code.

    Raises ValueError that names the mark: of an institution that is not listed, of a partner without a listed region,
    or given twice.
    """
    place = {institution: position for position, institution in enumerate(institutions)}
    subtotals = {region: dict.fromkeys(institutions, 0) for region in regions}
    named: dict[str, list[str]] = {}
    reporters: dict[str, set[str]] = {}
    seen: set[tuple[str, str]] = set()
    for mark in marks:
        _check(mark, place, region_of, subtotals, seen)
        subtotals[region_of[mark.partner]][mark.institution] += 1
        named.setdefault(mark.partner, []).append(mark.institution)
        reporters.setdefault(mark.partner, set()).add(mark.reporter)
    order = {region: position for position, region in enumerate(regions)}
    rows = tuple(
        Row(partner, region_of[partner], tuple(sorted(named[partner], key=place.__getitem__)))
        for partner in sorted(named, key=lambda partner: (order[region_of[partner]], partner))
    )
    region_partners = dict.fromkeys(regions, 0)
    for row in rows:
        region_partners[row.region] += 1
    by_country = _by_country(reporters)
    return PartnerMatrix(
        rows=rows,
        totals={code: sum(subtotals[region][code] for region in regions) for code in institutions},
        subtotals=subtotals,
        region_partners=region_partners,
        region_shares={region: number / len(rows) if rows else 0.0 for region, number in region_partners.items()},
        by_country=by_country,
        common=tuple(sorted(partner for partner, who in reporters.items() if len(who) == len(by_country))),
        exclusive={partner: next(iter(who)) for partner, who in sorted(reporters.items()) if len(who) == 1},
    )


def _check(
    mark: Mark,
    institutions: Mapping[str, int],
    region_of: Mapping[str, str],
    regions: Collection[str],
    seen: set[tuple[str, str]],
) -> None:
    if mark.institution not in institutions:
        raise ValueError(f"{mark}: {mark.institution} is not among the institutions.")
    if region_of.get(mark.partner) not in regions:
        raise ValueError(f"{mark}: {mark.partner} lies in no listed region.")
    key = (mark.institution, mark.partner)
    if key in seen:
        raise ValueError(f"{mark}: given twice.")
    seen.add(key)


def _by_country(reporters: Mapping[str, Collection[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for who in reporters.values():
        for reporter in who:
            counts[reporter] = counts.get(reporter, 0) + 1
    return dict(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class Declarations:
    """Pairs of reporting countries: `mutual` declared by both (sorted), `unilateral` as (declaring, declared)."""

    mutual: tuple[tuple[str, str], ...]
    unilateral: tuple[tuple[str, str], ...]


def declarations(pairs: Iterable[tuple[str, str]], reporters: Collection[str]) -> Declarations:
    """Hold each declaration against the other side's. Only pairs whose two ends reported can be judged."""
    known = frozenset(reporters)
    declared = {pair for pair in pairs if pair[0] in known and pair[1] in known}
    return Declarations(
        mutual=tuple(sorted(pair for pair in declared if pair[0] < pair[1] and pair[::-1] in declared)),
        unilateral=tuple(sorted(pair for pair in declared if pair[::-1] not in declared)),
    )
