"""IATI files: validation and reading beside a bare lxml.iterparse pass, in the same run:  .venv/bin/python -m benchmarks.iati FIXTURES

Import into a database and writing are measured by benchmarks/iati_records.py. FIXTURES is a folder of real activity files. One
file of ACTIVITIES activities is made from them, in a temporary folder.
"""

import argparse
import re
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from lxml import etree

from ayni.iati.parsing import parse
from ayni.iati.read import opened, values
from ayni.iati.source import Batch
from ayni.iati.validate import Judges, over, validate

RECORD = re.compile(rb"<iati-activity[\s>].*?</iati-activity>", re.DOTALL)
SPACE = re.compile(rb"xmlns:\w+=\"[^\"]*\"")


def made(fixtures: Path, target: Path, activities: int) -> None:
    """One file of so many activities, the real ones over and over, each time under other identifiers."""
    texts = [text for path in sorted(fixtures.glob("*.xml")) if b"<iati-activities" in (text := path.read_bytes())]
    real = [each for text in texts for each in RECORD.findall(text)]
    if not real:
        raise SystemExit(f"{fixtures} holds no activity files.")
    spaces = b" ".join({found for text in texts for found in SPACE.findall(text)})
    with target.open("wb") as file:
        file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" ' + spaces + b">\n")
        for number, each in enumerate(islice(cycle(real), activities)):
            own = b"-%d</iati-identifier>" % (number // len(real))
            file.write(each.replace(b"</iati-identifier>", own, 1) + b"\n")
        file.write(b"</iati-activities>\n")


def bare(path: Path) -> None:
    """What nobody can do without: one pass over the file."""
    for _, element in etree.iterparse(str(path), tag="iati-activity"):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def bare_all(path: Path) -> None:
    """The same pass, told of every element."""
    for _, element in etree.iterparse(str(path)):
        if element.tag == "iati-activity":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def transactions(batch: Batch) -> int:
    """The work of an import without a database: every record of a batch as a value."""
    return sum(
        len(each.record.transactions) for each in values(batch.header, parse(batch), 0, 0) if each.record is not None
    )


def read_all(path: Path) -> None:
    with opened(path) as header:
        for _ in over(header, transactions):
            pass


def spent() -> float:
    """Seconds of processors, of this process and of those that have ended."""
    used = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(name: str, work: Callable[[], object], against: tuple[float, float] | None, size: int) -> tuple[float, float]:
    """Prints and gives the seconds on the clock and of processors; on a busy machine the second say more."""
    began, before = time.perf_counter(), spent()
    work()
    took, cpu = time.perf_counter() - began, spent() - before
    ratio = f"{took / against[0]:6.2f} x, processors {cpu / against[1]:6.2f} x" if against else ""
    print(f"{name:<44}{took:8.1f} s, processors {cpu:8.2f} s {size / took / 1e6:6.0f} MB/s {ratio}", flush=True)
    return took, cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fixtures", type=Path)
    parser.add_argument("--activities", type=int, default=100_000)
    parser.add_argument("--lists", type=Path, default=None, help="a folder of code lists")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.xml"
        made(options.fixtures, path, options.activities)
        size = path.stat().st_size
        print(f"{options.activities} activities, {size / 1e6:.0f} MB")
        base = timed("lxml.iterparse, every element", partial(bare_all, path), None, size)
        timed("lxml.iterparse, activities only", partial(bare, path), base, size)
        timed(
            "validate (schema, code lists, rulesets)",
            partial(validate, path, Judges(date.today(), options.lists)),
            base,
            size,
        )
        timed("read into values", partial(read_all, path), base, size)
        own, others = (
            resource.getrusage(each).ru_maxrss >> 10 for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"memory: {own} MB here, at most {others} MB in each process")


if __name__ == "__main__":
    main()
