"""DuckDB and a Spark Connect server asked the same questions of the same snapshot: equal, or the name of the one that is not.

    pip install pysail "pyspark[connect]<4.1"            # beside the site's own packages
    .venv/bin/python -m tests.verification.spark_connect [sc://host:15002]

Without an address Sail is started in the process. With one, the snapshot has to be visible to the workers.
Run by hand and in CI; the tests themselves need neither.
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
from ayni.analytics.schema import Basis, Flow, table_of

BASIS = Basis("crs", "disbursement", "USD", "2022")
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


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="ayni-engines-"))
    made = snapshot.write(folder, [table_of(rows(5_000))], made="", data_version=0, names={}, sources=[])
    path = snapshot.path_of(folder, made)
    different = []
    with server(sys.argv[1] if len(sys.argv) > 1 else "") as address:
        tables = [engine.read(engine.connect(name), path) for name in (engine.DUCKDB, address)]
        for name, ask in {**marts.MARTS, **marts.QUESTIONS}.items():
            asked = tables if name in marts.MARTS else [marts.of_basis(table, BASIS) for table in tables]
            one, other = (comparable(ask(table).to_pyarrow()) for table in asked)
            print(f"{name}: {'equal' if one == other else 'DIFFERENT'}, {len(one)} rows")
            different += [name] if one != other else []
    return len(different)


if __name__ == "__main__":
    sys.exit(main())
