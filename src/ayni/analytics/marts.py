"""Marts and the atlas's eight questions as Ibis expressions: the same on DuckDB and on Spark. See docs/methods/cubes.md.

Each takes the table of the rows and returns a table. A mart keeps the basis as columns; a question is asked of the rows of one basis.
"""

from collections.abc import Callable, Mapping
from typing import Any

import ibis

from ayni.analytics.manifest import PAIRS, PROVIDER_REGIONS, SECTOR_RECIPIENTS, SECTOR_YEARS, TOPIC_MODALITIES
from ayni.analytics.schema import BASIS, GROUP, TOP, Basis

Expression = Any
Sum = Callable[[Expression], Expression]


def grouped(rows: Expression) -> Expression:
    """The rows with `sector_group`, the first three figures of the purpose code."""
    return rows.mutate(sector_group=rows.sector.substr(0, GROUP))


def of_basis(rows: Expression, basis: Basis) -> Expression:
    """The rows of one basis."""
    for name in BASIS:
        rows = rows.filter(rows[name] == getattr(basis, name))
    return rows


def _sums(rows: Expression, *keys: str) -> Expression:
    return rows.group_by(list(keys)).aggregate(value=rows["value"].sum(), count=rows["count"].sum())


def pairs(rows: Expression) -> Expression:
    """Sums by basis, provider and recipient."""
    return _sums(rows, *BASIS, "provider", "recipient")


def sector_years(rows: Expression) -> Expression:
    """Sums by basis, group of sectors and year."""
    return _sums(grouped(rows), *BASIS, "sector_group", "year")


def sector_recipients(rows: Expression) -> Expression:
    """Sums by basis, group of sectors and recipient."""
    return _sums(grouped(rows), *BASIS, "sector_group", "recipient")


def provider_regions(rows: Expression) -> Expression:
    """Sums by basis, provider and region of the recipient."""
    return _sums(rows, *BASIS, "provider", "region")


def topic_modalities(rows: Expression) -> Expression:
    """Sums by basis, topic and modality."""
    return _sums(rows, *BASIS, "topic", "modality")


MARTS: Mapping[str, Sum] = {
    PAIRS: pairs,
    SECTOR_YEARS: sector_years,
    SECTOR_RECIPIENTS: sector_recipients,
    PROVIDER_REGIONS: provider_regions,
    TOPIC_MODALITIES: topic_modalities,
}


def by_provider(rows: Expression) -> Expression:
    return _sums(rows, "provider")


def by_recipient(rows: Expression) -> Expression:
    return _sums(rows, "recipient")


def matrix(rows: Expression) -> Expression:
    return _sums(rows, "provider", "recipient")


def sector_by_year(rows: Expression) -> Expression:
    return _sums(grouped(rows), "sector_group", "year")


def top_partners(rows: Expression) -> Expression:
    """The ten pairs of the greatest value; of equal ones the first by code."""
    sums = matrix(rows)
    return sums.order_by([ibis.desc("value"), "provider", "recipient"]).limit(TOP)


def positive(sums: Expression) -> Expression:
    """What has a share: sums above zero. Repayments can make a net sum negative, and a share of that says nothing."""
    return sums.filter(sums["value"] > 0)


def sector_shares(rows: Expression) -> Expression:
    """Of each recipient, the share of each group of sectors in its value."""
    sums = positive(_sums(grouped(rows), "recipient", "sector_group"))
    return sums.mutate(share=sums["value"] / sums["value"].sum().over(ibis.window(group_by="recipient")))


def herfindahl(rows: Expression) -> Expression:
    """Of each recipient, how concentrated its providers are: the sum of their squared shares."""
    sums = positive(matrix(rows))
    share = sums["value"] / sums["value"].sum().over(ibis.window(group_by="recipient"))
    squared = sums.mutate(square=share * share)
    return squared.group_by("recipient").aggregate(hhi=squared["square"].sum())


def reciprocity(rows: Expression) -> Expression:
    """One row: what flows back between the same two over all that flows, both ways counted."""
    there = positive(matrix(rows)).select("provider", "recipient", "value")
    back = there.select(provider_back="provider", recipient_back="recipient", value_back="value")
    both = there.left_join(back, [there.provider == back.recipient_back, there.recipient == back.provider_back])
    returned = ibis.least(both["value"], both["value_back"].fill_null(0.0))
    return both.aggregate(reciprocity=returned.sum() / both["value"].sum())


QUESTIONS: Mapping[str, Sum] = {
    "by_provider": by_provider,
    "by_recipient": by_recipient,
    "matrix": matrix,
    "sector_by_year": sector_by_year,
    "top_partners": top_partners,
    "sector_shares": sector_shares,
    "herfindahl": herfindahl,
    "reciprocity": reciprocity,
}
