"""Linkage: which pairs are compared, what a feature says, which records come together."""

from ayni.methods.linkage.blocking import candidates
from ayni.methods.linkage.clusters import Link, clusters
from ayni.methods.linkage.features import FEATURES, rough, spelling
from ayni.methods.linkage.record import Record
from ayni.methods.linkage.table import table_of
from tests.spec.tables import Example, Method, Row, listed


def _record(row: Row) -> Record:
    return Record(
        key=row["key"],
        reporter=row["reporter"],
        countries=frozenset(listed(row["countries"])),
        first=int(row["year"]) if row["year"] else None,
        sectors=frozenset(listed(row["sector"])),
        usd=float(row["dollars"]) if row["dollars"] else None,
        title={"es": row["title"]} if row["title"] else {},
    )


def compared(given: list[Row]) -> list[Row]:
    table = table_of([_record(row) for row in given])
    pairs = candidates(table)
    found = rough(table, pairs.one, pairs.other)
    found[:, FEATURES.index("spelling")] = spelling(table, pairs.one, pairs.other)
    rows = []
    for place in range(len(pairs)):
        told = dict(zip(FEATURES, found[place].tolist(), strict=True))
        shown = {
            name: "" if told[name] != told[name] else f"{told[name]:.2f}"
            for name in ("spelling", "countries", "sector", "start", "money", "numbers")
        }
        one, other = (table.records[int(side[place])].key for side in (pairs.one, pairs.other))
        rows.append({"pair": f"{one}-{other}"} | shown)
    return rows


def joined(given: list[Row]) -> list[Row]:
    reporters, links, apart = {}, [], []
    for row in given:
        one, other = row["pair"].split("-")
        reporters |= {one: one[0], other: other[0]}
        if row["people say"] == "different":
            apart.append((one, other))
        links.append(Link(one, other, float(row["probability"])))
    found = clusters(links, reporters, apart=apart)
    return [{"cluster": " ".join(one.keys), "weakest link": f"{one.chance:.2f}"} for one in found]


LINKAGE = Method(
    "linkage",
    [
        Example(
            "Pairs that share a key, and what they have in common; a cell is empty where one of the two does not say it",
            """
            | key | reporter | countries | year | sector | dollars | title |
            | --- | --- | --- | --- | --- | --- | --- |
            | a | MEX | MEX, BRA | 2010 | 16010 | 1000 | Registro único de hogares, fase II |
            | b | BRA | BRA, MEX | 2011 | 16040 | 2000 | Registro unico de hogares fase 2 |
            | c | BRA | BRA, MEX | 2010 |  |  | Alimentación escolar |
            | d | MEX | MEX, BRA | 2010 | 16010 | 1000 | Registro único de hogares, fase II |
            | e | PER | PER | 1999 | 11110 | 9 | Caminos |
            """,
            compared,
            """
            | pair | spelling | countries | sector | start | money | numbers |
            | --- | --- | --- | --- | --- | --- | --- |
            | a-b | 0.91 | 1.00 | 0.50 | 1.00 | 1.00 | 1.00 |
            | a-c | 0.33 | 1.00 |  | 0.00 |  | 0.50 |
            | b-d | 0.91 | 1.00 | 0.50 | 1.00 | 1.00 | 1.00 |
            | c-d | 0.33 | 1.00 |  | 0.00 |  | 0.50 |
            """,
        ),
        Example(
            "Clusters; the first letter of a record is its reporter, of whom one report at most is in a cluster",
            """
            | pair | probability | people say |
            | --- | --- | --- |
            | a1-b1 | 0.95 |  |
            | b1-c1 | 0.90 |  |
            | a2-b1 | 0.80 |  |
            | a3-b3 | 0.70 |  |
            | b3-c3 | 0.75 |  |
            | a3-c3 | 0.10 |  |
            | a4-b4 | 0.99 | different |
            | a5-b5 | 0.49 |  |
            """,
            joined,
            """
            | cluster | weakest link |
            | --- | --- |
            | a1 b1 c1 | 0.90 |
            | b3 c3 | 0.75 |
            """,
        ),
    ],
)
