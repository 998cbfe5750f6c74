"""IATI files into the database with the three severities, and out of values again, beside bare lxml.iterparse passes in the same run, one
before and one after each import.

    .venv/bin/python -m benchmarks.iati_records FIXTURES [--activities 5000] [--rounds 3]

FIXTURES is a folder of real activity files; each round makes a file of ACTIVITIES from them, under identifiers that nobody had
before. A database of its own lies in a temporary folder, unless DATABASE_URL names one: that is filled and not emptied.
"""

import argparse
import gc
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
os.environ.setdefault("AYNI_DATA", tempfile.mkdtemp(prefix="ayni-benchmark-"))

import django  # noqa: E402  (the data folder is chosen first)

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from ayni.iati.read import read  # noqa: E402
from ayni.iati.write import write  # noqa: E402
from ayni.interop.actions.import_file import ImportOfFile  # noqa: E402
from benchmarks.iati import bare_all, made, timed  # noqa: E402

TEXT = re.compile(rb">([^<]+)<|=\"([^\"]*)\"")
WRITTEN = 2_000
BARE, NEW, AGAIN = "lxml.iterparse, every element", "import, everything new", "import, another file that says the same"


def put(path: Path, wanted: str) -> None:
    """Imports a file; every activity of it must be what is wanted."""
    file = ImportOfFile(None, path).run()
    assert file.state == "whole" and getattr(file, wanted) == file.seen > 0, file.__dict__


def written(path: Path) -> None:
    """Writes values of a file, and does the least that anybody must with the same texts: seconds of a processor, best of five."""
    records = [each.record for each in islice(read(path), WRITTEN) if each.record is not None]
    out = io.BytesIO()
    write(records, out)
    texts = [(text or value).decode() for text, value in TEXT.findall(out.getvalue())]
    pieces = out.getvalue().split(b">")
    # An export forgets what it has written; what is held here for the measure alone is not to be looked through for rings.
    gc.freeze()
    told: dict[str, Callable[[], object]] = {
        "write": lambda: write(records, io.BytesIO()),
        "escape of the same texts alone": lambda: [escape(text) for text in texts],
        "join of the same bytes alone": lambda: b">".join(pieces),
    }
    for name, work in told.items():
        best = min(_seconds(work) for _time in range(5))
        print(f"{name:<44}{out.tell() / best / 1e6:8.0f} MB a second of a processor", flush=True)
    gc.unfreeze()


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fixtures", type=Path)
    parser.add_argument("--activities", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    call_command("migrate", verbosity=0, interactive=False)
    ratios: dict[str, list[tuple[float, float]]] = {NEW: [], AGAIN: []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.xml"
        for number in range(options.rounds):
            made(options.fixtures, path, options.activities)
            path.write_bytes(path.read_bytes().replace(b"</iati-identifier>", b".%d</iati-identifier>" % number))
            size = path.stat().st_size
            print(f"{options.activities} activities, {size / 1e6:.0f} MB, {connection.vendor}")
            bare = [timed(BARE, partial(bare_all, path), None, size)]
            for name, wanted in ((NEW, "added"), (AGAIN, "unchanged")):
                took = timed(name, partial(put, path, wanted), None, size)
                bare.append(timed(BARE, partial(bare_all, path), None, size))
                clock, processors = (sum(each) / 2 for each in zip(*bare[-2:], strict=True))
                ratios[name].append((took[0] / clock, took[1] / processors))
                with path.open("ab") as file:
                    file.write(b"<!-- another -->")
            written(path)
    for name, each in ratios.items():
        clock, processors = (median(several) for several in zip(*each, strict=True))
        print(f"{name}: {clock:.2f} times the bare pass by the clock, {processors:.2f} of processors (medians)")


if __name__ == "__main__":
    main()
