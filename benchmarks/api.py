"""Lists of the open API a second, with and without exact counts, beside a bare view of 25 rows in the same run.

    .venv/bin/python -m benchmarks.api [--initiatives 100000] [--flows 1000000] [--seconds 4] [--clients 8]

Makes a data folder of its own (or fills the database of DATABASE_URL, which has to be empty) with initiatives like those of
benchmarks/registry.py and a snapshot of flows like that of benchmarks/flows.py. Each list is asked for as 100 rows unless told,
afresh: nothing is kept but the counts.
"""

import argparse
import os
import subprocess
import sys

from benchmarks import registry
from benchmarks.flows import rows_like_crs
from benchmarks.load import measure, once, request_for
from benchmarks.pages import line, serving

# benchmarks.registry has chosen the data folder.
from django.db import connection  # isort: skip

from ayni.analytics import snapshot
from ayni.atlas.queries.flows.held import folder

ASKED = {
    "countries": "countries?lang=es",
    "a country": "countries/BRA?lang=es",
    "initiatives": "initiatives?lang=es",
    "initiatives, 3 fields": "initiatives?lang=es&fields=code,title,state",
    "initiatives of a country and year": "initiatives?lang=es&country=BRA&year=2022",
    "participations": "participations?lang=es",
    "flows": "flows?lang=es",
    "flows to a recipient": "flows?lang=es&recipient=r007&year=2011",
    "OpenAPI": "openapi.json?lang=es",
}
COUNTED = {
    "initiatives": "initiatives?lang=es&limit=25",
    "initiatives of a country": "initiatives?lang=es&limit=25&country=BRA",
    "participations": "participations?lang=es&limit=25",
    "flows": "flows?lang=es&limit=25",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=100_000)
    parser.add_argument("--flows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement (4)")
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    prepare = [sys.executable, "-m", "ayni.site", "prepare"]
    subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    registry.Filler(options.initiatives, 0).fill()
    tables = [rows_like_crs(options.flows)]
    snapshot.write(folder(), tables, made="2026-01-01T00:00:00", data_version=0, names={}, sources=[])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{options.initiatives:,} initiatives, {options.flows:,} flows, {connection.vendor}", flush=True)
    connection.close()
    print("| list | clients | answers/s | to the bare view | p50 ms | p95 ms | kB | processor ms | to the bare view |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with serving("benchmarks.bare:application") as bare, serving("benchmarks.api_site:application") as port:
        for name, path in ASKED.items():
            _told(name, bare, port, path, options)
        for name, path in COUNTED.items():
            _told(f"{name}, 25 rows", bare, port, path, options)
            _told(f"{name}, 25 rows with the exact count", bare, port, f"{path}&count=true", options)
    os.environ["AYNI_COUNTS"] = "each"
    with serving("benchmarks.bare:application") as bare, serving("benchmarks.api_site:application") as port:
        for name, path in COUNTED.items():
            _told(f"{name}, 25 rows, counted for each page", bare, port, f"{path}&count=true", options)


def _told(name: str, bare: int, port: int, path: str, options: argparse.Namespace) -> None:
    request = request_for(f"/api/v1/{path}")
    beside = measure(bare, request_for("/"), options.clients, options.seconds / 2)
    once(port, request)
    found = measure(port, request, options.clients, options.seconds)
    if found.status != 200:
        sys.exit(f"{name}: status {found.status}")
    told = f"{found.processor:.1f} | {found.processor / beside.processor:.1f}"
    print(f"{line(name, options.clients, found, beside.rate)} {told} |", flush=True)


if __name__ == "__main__":
    main()
