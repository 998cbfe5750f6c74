"""The pages of the flows at eight readers at once, on the demonstration and on five million rows:

    .venv/bin/python -m benchmarks.flow_pages [--rows 5000000] [--seconds 4]

Each page is asked for again and again (it was asked before: what is drawn is kept), and then as many questions as there is time for,
none of which was asked before. Beside them the bare view of benchmarks/pages.py. Nothing here passes or fails.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from benchmarks.load import Measured, measure, request_for
from benchmarks.pages import serving

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 8
PAGES = {
    "flows": "/es/flows/?source={source}",
    "flows, two filters": "/es/flows/?source={source}&provider={one}&provider={other}&since=2015",
    "compare": "/es/flows/compare/?a-source={source}&b-source={source}&b-provider={one}",
    "coverage": "/es/flows/coverage/",
    "matrix.csv": "/es/flows/matrix.csv?source={source}",
}
MANY_ROWS = """
from benchmarks.flows import rows_like_crs
from ayni.analytics import snapshot
from ayni.atlas.queries.flows.held import folder
snapshot.write(folder(), [rows_like_crs(%d)], made="2026-01-01T00:00:00+00:00", data_version=0, names={}, sources=[])
"""


def new_questions(source: str, codes: list[str]) -> Iterator[bytes]:
    """Questions that differ in two providers."""
    for one, other in combinations(codes, 2):
        yield request_for(f"/es/flows/?source={source}&provider={one}&provider={other}")


def line(data: str, name: str, found: Measured) -> str:
    return f"| {data} | {name} | {found.rate:,.0f} | {found.p50:.0f} | {found.p95:.0f} | {found.processor:.1f} | {found.size / 1000:.0f} |"


def pages(data: str, source: str, codes: list[str], seconds: float) -> None:
    with serving("benchmarks.bare:application") as bare, serving("ayni.site.wsgi:application") as port:
        print(line(data, "bare view of 25 rows", measure(bare, request_for("/"), CLIENTS, seconds)), flush=True)
        for name, path in PAGES.items():
            request = request_for(path.format(source=source, one=codes[0], other=codes[1]))
            measure(port, request, CLIENTS, 1)
            print(line(data, name, measure(port, request, CLIENTS, seconds)), flush=True)
        asked = new_questions(source, codes)
        found = measure(port, next(asked), CLIENTS, seconds, asked)
        print(line(data, "flows, each question for the first time", found), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement (4)")
    options = parser.parse_args()
    os.environ["AYNI_DATA"] = tempfile.mkdtemp(prefix="ayni-benchmark-")
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    subprocess.run([sys.executable, "-m", "ayni.site", "prepare"], check=True, stderr=subprocess.DEVNULL)
    print("| data | page | answers/s | p50 ms | p95 ms | processor ms | kB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    countries = "BRA MEX CHL COL ARG URY PER CRI ECU PRY BOL DOM SLV GTM HND NIC PAN CUB JAM TTO".split()
    pages("demonstration", "demo", countries, options.seconds)
    command = [sys.executable, "-m", "ayni.site", "shell", "--no-imports", "-c", MANY_ROWS % options.rows]
    subprocess.run(command, check=True)
    pages(f"{options.rows:,} rows", "crs", [f"p{number:03}" for number in range(60)], options.seconds)


if __name__ == "__main__":
    main()
