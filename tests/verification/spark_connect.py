"""DuckDB, a Spark Connect server and plain Python asked the same questions of the same rows: equal, or the name of the one that is not.

    .venv/bin/python -m pip install --no-deps --require-hashes --target .spark -r requirements/spark.txt
    PYTHONPATH=src:.spark .venv/bin/python -m tests.verification.spark_connect [sc://host:15002]

Without an address Sail is started in the process. With one, the system's folder for temporary files has to be visible to the workers.
Ends with the number of those that differ: 0 where all is well. The suite itself
holds DuckDB, the cubes, the scan and plain Python equal.
"""

import contextlib
import importlib
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ayni.analytics import engine, marts, snapshot
from ayni.analytics.manifest import path_of, read_table
from ayni.analytics.schema import BASIS as BASIS_COLUMNS
from ayni.analytics.schema import GROUP, Basis, Flow, table_of

BASIS = Basis("crs", "disbursement", "USD", "2022")
# What plain Python adds up for itself, by these columns.
WAYS = {
    "pairs": ("provider", "recipient"),
    "sector_years": ("sector_group", "year"),
    "sector_recipients": ("sector_group", "recipient"),
    "provider_regions": ("provider", "region"),
    "topic_modalities": ("topic", "modality"),
    "by_provider": ("provider",),
    "by_recipient": ("recipient",),
    "matrix": ("provider", "recipient"),
    "sector_by_year": ("sector_group", "year"),
}
COUNTRIES = ("BRA", "CHL", "COL", "MEX", "org-x")


def rows(size: int) -> list[Flow]:
    draw = random.Random(2026)
    return [
        Flow(
            provider=draw.choice(COUNTRIES),
            recipient=draw.choice(COUNTRIES[:4]),
            region="419",
            sector=draw.choice(("16010", "16011", "15110", "")),
            topic="",
            modality="C01",
            source=BASIS.source,
            status=BASIS.status,
            currency=BASIS.currency,
            price_base=draw.choice(("2022", "current")),
            year=draw.randint(2015, 2020),
            value=float(draw.randint(-10, 100)),
            count=1.0,
        )
        for _row in range(size)
    ]


@contextlib.contextmanager
def server(address: str) -> Iterator[str]:
    """The server of that address; Sail in this process where none is given."""
    if address:
        yield address
        return
    sail = importlib.import_module("pysail.spark").SparkConnectServer(ip="127.0.0.1", port=0)
    sail.start(background=True)
    yield "sc://{}:{}".format(*sail.listening_address)
    sail.stop()


def comparable(table: Any) -> list[tuple[Any, ...]]:
    """The rows in an order of their own, numbers to nine places."""
    return sorted(
        tuple(round(row[name], 9) if isinstance(row[name], float) else row[name] for name in sorted(row))
        for row in table.to_pylist()
    )


def plain(given: list[Flow], *ways: str) -> list[tuple[Any, ...]]:
    """Sums by the ways, as `comparable` gives them."""
    sums: dict[tuple[Any, ...], list[float]] = {}
    for row in given:
        key = tuple(row.sector[:GROUP] if way == "sector_group" else getattr(row, way) for way in ways)
        both = sums.setdefault(key, [0.0, 0.0])
        both[0] += row.value
        both[1] += row.count
    named = ({**dict(zip(ways, key, strict=True)), "value": both[0], "count": both[1]} for key, both in sums.items())
    return sorted(
        tuple(round(row[name], 9) if name in ("value", "count") else row[name] for name in sorted(row)) for row in named
    )


def compare(address: str) -> list[str]:
    """Say of each mart and question whether all ways agree; returns the names of those that do not."""
    given = rows(5_000)
    mine = [row for row in given if row.basis == BASIS]
    by_hand = {
        **{name: plain(given, *BASIS_COLUMNS, *ways) for name, ways in WAYS.items() if name in marts.MARTS},
        **{name: plain(mine, *ways) for name, ways in WAYS.items() if name in marts.QUESTIONS},
    }
    folders = [Path(tempfile.mkdtemp(prefix="ayni-engines-")) for _engine in range(2)]
    engines = (engine.DUCKDB, address)
    made = [
        snapshot.write(folder, [table_of(given)], made="", data_version=0, names={}, sources=[], engine=name)
        for folder, name in zip(folders, engines, strict=True)
    ]
    tables = [engine.read(engine.connect(name), path_of(folders[0], made[0])) for name in engines]
    different = []
    for name, ask in {**marts.MARTS, **marts.QUESTIONS}.items():
        asked = tables if name in marts.MARTS else [marts.of_basis(table, BASIS) for table in tables]
        answers = [comparable(ask(table).to_pyarrow()) for table in asked]
        if name in by_hand:
            answers.append(by_hand[name])
        if name in marts.MARTS:  # as the snapshot holds it, made by either engine
            answers += [comparable(read_table(path_of(*one, name))) for one in zip(folders, made, strict=True)]
        equal = all(answer == answers[0] for answer in answers)
        print(f"{name}: {'equal' if equal else 'DIFFERENT'}, {len(answers[0])} rows, {len(answers)} ways")
        different += [] if equal else [name]
    return different


def main() -> int:
    with server(sys.argv[1] if len(sys.argv) > 1 else "") as address:
        return len(compare(address))


if __name__ == "__main__":
    sys.exit(main())
