"""The eight questions of the atlas on 5 million rows like those of the CRS, beside a bare numpy bincount scan in the same run.

    .venv/bin/python -m benchmarks.flows [--rows 5000000] [--folder DIR] [--institutions 20000]

Makes the rows (random, seeded, in the sizes of the real file: 31 bilateral and 100 other providers, 160 recipients, 240 purposes, 50
years, skewed as money is), writes a snapshot, then times: the snapshot, the first answer of a new process, the eight questions from
cubes, ad-hoc filters, DuckDB on the same file, and the measures of a network. Nothing here passes or fails.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402  (src first)
import pyarrow as pa  # noqa: E402

from ayni.analytics import cubes, engine, marts, scan, snapshot  # noqa: E402  (src first)
from ayni.analytics import manifest as manifests  # noqa: E402
from ayni.analytics.schema import SCHEMA, Basis  # noqa: E402
from ayni.methods.flow_network import flow_network  # noqa: E402

BASIS = Basis("crs", "disbursement", "USD", "2022")
FIRST = """
import sys, time; start = time.perf_counter()
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from ayni.analytics import cubes, manifest as manifests, scan
from ayni.analytics.schema import Basis
imported = time.perf_counter()
folder = Path(sys.argv[1]); manifest = manifests.manifest_of(folder)
held = cubes.load(folder, manifest)
held[Basis("crs", "disbursement", "USD", "2022"), "value"].by_recipient()
first, answered = time.perf_counter(), time.process_time()
rows = scan.load(folder, manifest)
rows.cut(scan.Question(Basis("crs", "disbursement", "USD", "2022"), filters={"recipient": ["r007"]})).by("provider")
filtered = time.perf_counter()
import json; print(json.dumps([imported - start, first - imported, filtered - first, answered, time.process_time() - answered]))
"""


def rows_like_crs(size: int) -> pa.Table:
    """Codes drawn with the skew of real reports; values log-normal."""
    draw = np.random.default_rng(2026)

    def column(labels: list[str], skew: float) -> pa.DictionaryArray:
        places = np.minimum((draw.random(size) ** skew * len(labels)).astype(np.int32), len(labels) - 1)
        return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(labels))

    providers = [f"p{number:03}" for number in range(100)] + [f"r{number:03}" for number in range(31)]
    purposes = [f"{group}{part:02}" for group in range(110, 150) for part in range(10, 16)]
    columns = {
        "provider": column(providers, 2.5),
        "recipient": column([f"r{number:03}" for number in range(160)], 1.6),
        "region": column(["002", "019", "142", "150", "009"], 1.2),
        "sector": column(purposes, 1.5),
        "topic": column(["", "policy", "transfers", "pensions"], 3),
        "modality": column(["C01", "B01", "D02", "A02", "E01", "H01"], 2),
        "source": column([BASIS.source], 1),
        "status": column(["disbursement", "commitment"], 1),
        "currency": column([BASIS.currency], 1),
        "price_base": column([BASIS.price_base], 1),
        "year": pa.array((1973 + 50 * draw.random(size) ** 0.6).astype(np.int16)),
        "value": pa.array(draw.lognormal(10, 2.5, size)),
        "count": pa.array(np.ones(size)),
    }
    return pa.Table.from_pydict(columns).select(SCHEMA.names).cast(SCHEMA)


def milliseconds(act: Callable[[], Any], times: int) -> float:
    """The median of several runs, after one that is not counted."""
    act()
    taken = []
    for _run in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--institutions", type=int, default=20_000)
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="ayni-flows-"))
    manifest = manifests.manifest_of(folder)
    if manifest is None:
        table = rows_like_crs(asked.rows)
        start = time.perf_counter()
        manifest = snapshot.write(folder, [table], made="2026-01-01", data_version=0, names={}, sources=[])
        size = manifests.path_of(folder, manifest).stat().st_size / 1e6
        print(f"snapshot of {manifest.rows:,} rows: {time.perf_counter() - start:.1f} s, {size:.0f} MB", flush=True)
        del table
    first_answers(folder)
    questions(folder, manifest)
    filters(folder, manifest)
    duckdb(folder, manifest)
    network(asked.institutions)


def first_answers(folder: Path) -> None:
    taken = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", FIRST, str(folder), str(ROOT / "src")],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for _run in range(3)
    ]
    imported, first, filtered, answered, sifted = (statistics.median(column) for column in zip(*taken, strict=True))
    print(
        f"new process: imports {imported:.2f} s, first answer from cubes {first * 1000:.0f} ms, first filter {filtered:.2f} s; "
        f"processor {answered:.2f} s to the first answer, {sifted:.2f} s to the first filter"
    )


def questions(folder: Path, manifest: manifests.Manifest) -> None:
    cube = cubes.load(folder, manifest)[BASIS, "value"]
    taken = {name: milliseconds(getattr(cube, name), 200) for name in marts.QUESTIONS}
    mean = statistics.geometric_mean(taken.values())
    print("eight questions from cubes, ms: " + ", ".join(f"{name} {value:.3f}" for name, value in taken.items()))
    print(f"geometric mean {mean:.4f} ms, greatest {max(taken.values()):.3f} ms")


def filters(folder: Path, manifest: manifests.Manifest) -> None:
    rows = scan.load(folder, manifest)
    start, stop = rows.bases[BASIS]
    codes = rows.column("recipient", start, stop, None).astype(np.intp)
    values = rows.column("value", start, stop, None).copy()
    bare = milliseconds(lambda: np.bincount(codes, weights=values), 15)
    whole = milliseconds(lambda: rows.cut(scan.Question(BASIS)).sums("recipient"), 15)
    print(f"bare bincount of {stop - start:,} rows {bare:.1f} ms; without a filter {whole:.1f} ms")
    asked: dict[str, tuple[dict[str, Any], str]] = {
        "one modality, by recipient": ({"filters": {"modality": ["C01"]}}, "recipient"),
        "one provider, by sector": ({"filters": {"provider": ["p000"]}}, "sector"),
        "a sector group, by provider": ({"filters": {"sector_group": ["110"]}}, "provider"),
        "three modalities and a region, by recipient": (
            {"filters": {"modality": ["C01", "B01", "D02"], "region": ["002", "019"]}},
            "recipient",
        ),
        "twenty recipients since 2010, by year": (
            {"since": 2010, "filters": {"recipient": [f"r{number:03}" for number in range(20)]}},
            "year",
        ),
    }
    for name, (given, way) in asked.items():
        question = scan.Question(BASIS, **given)
        taken = milliseconds(lambda question=question, way=way: rows.cut(question).sums(way), 15)
        print(f"  {name}: {len(rows.cut(question)):,} rows, {taken:.1f} ms, {taken / bare:.2f} times the bare bincount")


def duckdb(folder: Path, manifest: manifests.Manifest) -> None:
    backend = engine.connect()
    table = marts.of_basis(engine.read(backend, manifests.path_of(folder, manifest)), BASIS)
    taken = {name: milliseconds(lambda ask=ask: ask(table).to_pyarrow(), 3) for name, ask in marts.QUESTIONS.items()}
    print("the same from DuckDB over Parquet, ms: " + ", ".join(f"{name} {value:.0f}" for name, value in taken.items()))


def network(institutions: int) -> None:
    draw = np.random.default_rng(7)
    ends = zip(
        draw.zipf(1.6, institutions * 10) % institutions, draw.integers(0, institutions, institutions * 10), strict=True
    )
    flows = {(f"i{one}", f"i{other}"): 1.0 for one, other in ends if one != other}
    taken, before = milliseconds(lambda: flow_network(flows), 3), time.process_time()
    flow_network(flows)
    processor = time.process_time() - before
    print(
        f"network of {institutions:,} institutions and {len(flows):,} ties: {taken / 1000:.2f} s, {processor:.2f} s of processor"
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
