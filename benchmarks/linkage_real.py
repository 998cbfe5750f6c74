"""Real records and a changed copy of a part of them:  PYTHONPATH=src .venv/bin/python -m benchmarks.linkage_real FIXTURES

FIXTURES is a folder with `iati/*.xml` and `iati_south_south/*.json`, files that agencies published. The copy is another reporter's:
in another language where a record has two, with the generator's noise of titles, years, amounts, sectors and texts. The weights
are those that are shipped, trained on invented records alone; nothing is learned here.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pycountry
from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=False)  # the reading of files names its faults through gettext

from ayni.iati.model import Activity
from ayni.iati.read import read
from ayni.interop.formats.facts import facts_of
from ayni.methods.linkage import pipeline
from ayni.methods.linkage.clusters import Link, clusters
from ayni.methods.linkage.record import Record
from benchmarks.linkage import _keys, calibration, is_same, meanings, measured, shipped
from benchmarks.linkage_records import Noise, _typo

SEED, SHARED = 31, 0.7
SPANISH = ("de", "para", "en", "el", "la")


def iso3(code: str) -> str:
    found = pycountry.countries.get(alpha_2=code.upper())
    return found.alpha_3 if found else ""


def from_iati(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.xml")):
        for one in read(path):
            if isinstance(one.record, Activity):
                yield _record(one.record, path.stem)


def _record(one: Activity, source: str) -> Record:
    """As the registry keeps what is reported: of transactions only the countries, where the activity tells none."""
    told = facts_of(one)
    dollars = told.columns["amounts"].get("USD", {})
    return _made(
        f"{source}/{one.identifier}",
        {iso3(row["code"]) for row in told.places if not row["region"]},
        told.columns["starts_on"],
        told.columns["ends_on"],
        {row["code"] for row in told.sectors if row["vocabulary"] in ("1", "2")},
        float(dollars.get("committed") or dollars.get("spent") or 0),
        told.columns["titles"],
        told.columns["descriptions"],
    )


def from_datastore(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.json")):
        one = json.loads(path.read_text())
        days = dict(zip(one.get("activity_date_type", []), one.get("activity_date_iso_date", []), strict=False))
        first, last = (next((days[kind] for kind in kinds if kind in days), None) for kinds in (("2", "1"), ("4", "3")))
        title, text = (" ".join(one.get(name, [])[:1]) for name in ("title_narrative", "description_narrative"))
        yield _made(
            f"{path.stem}",
            {iso3(code) for code in one.get("recipient_country_code", [])},
            date.fromisoformat(first[:10]) if first else None,
            date.fromisoformat(last[:10]) if last else None,
            set(one.get("sector_code", [])),
            0,
            {_tongue(title): title},
            {_tongue(text): text},
        )


def _made(key, countries, first, last, sectors, usd, title, text) -> Record:
    starts, ends = (day.year if day else None for day in (first, last))
    return Record(
        key=key,
        reporter="as published",
        countries=frozenset(countries - {""}),
        first=starts,
        last=None if starts and ends and ends < starts else ends,
        sectors=frozenset(sectors),
        usd=usd if usd > 0 else None,
        title={code or _tongue(told): told for code, told in title.items() if told},
        text={code or _tongue(told): told for code, told in text.items() if told},
    )


def _tongue(text: str) -> str:
    words = text.lower().split()
    return "es" if sum(word in SPANISH for word in words) * 8 > len(words) else "en"


def changed(one: Record, rng: random.Random, noise: Noise) -> Record:
    """What another reporter might say of the same."""
    tongues = sorted(one.title)
    kept = tongues[-1:] if len(tongues) > 1 else tongues
    title = {code: _retold(one.title[code], rng, noise) for code in kept}
    text = {} if rng.random() < noise.no_text else {code: one.text[code] for code in kept if code in one.text}
    first = one.first and one.first + (rng.choice((-1, 1)) if rng.random() < noise.other_year else 0)
    last = one.last and one.last + (rng.choice((-1, 1, 2)) if rng.random() < noise.other_end else 0)
    usd = one.usd and one.usd * rng.lognormvariate(0, 0.06)
    usd = usd and usd * (rng.uniform(0.25, 0.9) if rng.random() < noise.partial else 1)
    return replace(
        one,
        key=f"copy/{one.key}",
        reporter="another",
        title=title,
        text=text,
        first=None if rng.random() < noise.no_year else first,
        last=max(first, last) if first and last else last,
        usd=None if rng.random() < noise.no_amount else usd,
        sectors=frozenset() if rng.random() < noise.no_sector else one.sectors,
    )


def _retold(text: str, rng: random.Random, noise: Noise) -> str:
    words = text.split()
    if rng.random() < noise.shortened and len(words) > 3:
        words = words[: len(words) * 2 // 3]
    if rng.random() < noise.reordered and len(words) > 3:
        words = [*words[len(words) // 2 :], *words[: len(words) // 2]]
    told = " ".join(words)
    return _typo(told, rng) if rng.random() < noise.typo and len(told) > 3 else told


def main(fixtures: Path) -> None:
    rng, noise = random.Random(SEED), Noise()
    published = [*from_iati(fixtures / "iati"), *from_datastore(fixtures / "iati_south_south")]
    published = [replace(one, source="real") for one in published if one.title]
    copied = rng.sample(range(len(published)), round(len(published) * SHARED))
    # What the published side leaves out in its turn: a record in two languages tells its title in the first alone.
    own = [replace(one, title={code: one.title[code] for code in sorted(one.title)[:1]}) for one in published]
    records = [*own, *(changed(published[place], rng, noise) for place in copied)]
    pairs = {(place, len(own) + number) for number, place in enumerate(copied)}
    wanted = {(records[one].key, records[other].key) for one, other in pairs}
    two = sum(len(published[place].title) > 1 for place in copied)
    print(f"{len(own)} records, a changed copy of {len(copied)}, {two} of them in another language")
    print("| what | precision | recall | F1 | s |\n| --- | --- | --- | --- | --- |")
    first, close, last = shipped()
    begun = time.perf_counter()
    compared = pipeline.compare(records, first, close, meanings)
    seconds = time.perf_counter() - begun
    measured(f"{compared.candidates:,} candidates", seconds, _keys(compared, slice(None)), wanted)
    chances = last.probabilities(compared.found)
    links = [Link(*compared.keys(place), float(chances[place])) for place in range(len(compared))]
    got = {one.keys for one in clusters(links, {one.key: one.reporter for one in records})}
    ordered = {tuple(sorted(pair)) for pair in wanted}
    measured("shipped weights", time.perf_counter() - begun, got, ordered)
    print(f"  calibration: {calibration(chances, is_same(compared.one, compared.other, pairs))}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("fixtures", type=Path)
    main(parser.parse_args().fixtures)
