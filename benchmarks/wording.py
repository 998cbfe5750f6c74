"""How well wording is found across languages, and how long it takes:  .venv/bin/python -m benchmarks.wording

With --programmes FILE (a workbook whose first sheet has the columns program_name and program_description) also how often the name of a
programme finds its own description among all: the names mostly in Spanish and Portuguese, the descriptions in English.
"""

import argparse
import csv
import os
import resource
import sys
import tempfile
import time
from itertools import permutations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
os.environ.setdefault("AYNI_DATA", tempfile.mkdtemp(prefix="ayni-benchmark-"))

import django  # noqa: E402  (the data folder is chosen first)

django.setup()

import numpy as np  # noqa: E402
import openpyxl  # noqa: E402

from ayni.exchange.queries import wording  # noqa: E402

LANGUAGES = ("es", "pt", "en", "fr")
VOCABULARIES = ("topics", "modalities", "obstacles", "outcomes")


def vectors(texts: list[str]) -> wording.Floats:
    return wording._VECTORS.of(texts)


def vocabulary(name: str) -> None:
    """Each term in one language against all terms in another: how often its own comes first; cosines of the same and of others."""
    with (ROOT / f"data/vocabularies/{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    of = {language: vectors([row[f"label_{language}"] for row in rows]) for language in LANGUAGES}
    own = np.arange(len(rows))
    cosines = [of[one] @ of[other].T for one, other in permutations(LANGUAGES, 2)]
    first = np.mean([found.argmax(axis=1) == own for found in cosines])
    same = np.concatenate([found[own, own] for found in cosines])
    others = np.concatenate([found[own[:, None] != own] for found in cosines])
    told = f"{np.percentile(same, 25):.2f} | {np.percentile(others, 95):.2f}"
    print(f"| {name} ({len(rows)} terms) | {len(cosines) * len(rows):,} | {first:.1%} | {told} |")


def programmes(path: Path) -> None:
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    head, *body = sheet.iter_rows(values_only=True)
    columns = [head.index("program_name"), head.index("program_description")]
    rows = sorted(
        {
            tuple(str(row[column]).strip() for column in columns)
            for row in body
            if all(row[column] for column in columns)
        }
    )
    names, texts = vectors([name for name, _text in rows]), vectors([text for _name, text in rows])
    found = names @ texts.T
    own = found[np.arange(len(rows)), np.arange(len(rows))]
    rank = (found > own[:, None]).sum(axis=1)
    others = found[~np.eye(len(rows), dtype=bool)]
    told = f"{np.percentile(own, 25):.2f} | {np.percentile(others, 95):.2f}"
    print(f"| programmes: name to description | {len(rows)} | {(rank == 0).mean():.1%} | {told} |")
    print(f"| the same, among the first ten | {len(rows)} | {(rank < 10).mean():.1%} | | |")


def speed(count: int) -> None:
    with (ROOT / "data/vocabularies/topics.csv").open() as file:
        definitions = [row[f"definition_{language}"] for row in csv.DictReader(file) for language in LANGUAGES]
    texts = [f"{definitions[number % len(definitions)]} {number}" for number in range(2 * count)]
    begun = time.perf_counter()
    wording.similar(texts[:1], texts[:1])
    loaded = time.perf_counter()
    wording.similar(texts[:count], texts[count:])
    first = time.perf_counter()
    wording.similar(texts[:count], texts[count:])
    again = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nloaded in {loaded - begun:.2f} s; {count:,} x {count:,} texts: {first - loaded:.2f} s, again {again - first:.3f} s"
    )
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, peak {peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programmes", type=Path)
    options = parser.parse_args()
    print("| what | pairs | its own comes first | cosine of its own, lowest quarter | of others, highest twentieth |")
    print("| --- | --- | --- | --- | --- |")
    for name in VOCABULARIES:
        vocabulary(name)
    if options.programmes:
        programmes(options.programmes)
    speed(1_000)


if __name__ == "__main__":
    main()
