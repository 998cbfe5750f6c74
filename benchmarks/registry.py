"""The registry with 200,000 initiatives and 2 million measurements: its pages beside a bare view of 25 rows, in the same run.

    .venv/bin/python -m benchmarks.registry [--initiatives 200000] [--measurements 2000000] [--seconds 4]

Makes a data folder of its own (or fills the database of DATABASE_URL, which has to be empty). Each initiative has two or three
institutions, a topic, a quadrant, and an activity; one in twenty has a result frame. Pages are asked for as a reader with a
session is answered: made anew each time. Nothing here passes or fails.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
os.environ.setdefault("AYNI_DATA", tempfile.mkdtemp(prefix="ayni-benchmark-"))
os.environ["PYTHONPATH"] = f"{ROOT}/src:{ROOT}"

import django  # noqa: E402  (the data folder is chosen first)

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.utils import timezone  # noqa: E402

from ayni.accounts.models import User  # noqa: E402
from ayni.directory.models import Concept, Institution  # noqa: E402
from ayni.registry.models import (  # noqa: E402
    Activity,
    Indicator,
    Initiative,
    Measurement,
    Participation,
    Period,
    Result,
    ResultFrame,
)
from benchmarks.load import measure, once, request_for  # noqa: E402
from benchmarks.pages import AFRESH, line, serving  # noqa: E402

BATCH = 5_000
FRAMED = 20
INDICATORS, PERIODS = 10, 10
ROLLED_UP = 200
WORDS = "registro hogares transferencias cuidado infancia empleo monitoreo seguro pensiones datos familias evaluación".split()
STATES = ("approved", "execution", "execution", "closure", "ex-post", "archived")


def batches(rows: Iterable[Model]) -> int:
    """Write the rows, a batch at a time, without holding them all. Returns how many."""
    rows, number = iter(rows), 0
    while some := list(islice(rows, BATCH)):
        type(some[0])._default_manager.bulk_create(some)
        number += len(some)
    return number


class Filler:
    """Rows like those of a network of twenty countries over fifteen years, from a fixed seed."""

    def __init__(self, initiatives: int, measurements: int) -> None:
        self.dice = random.Random(2010)
        self.number, self.measurements = initiatives, measurements
        self.institutions = list(Institution.objects.filter(country__isnull=False).select_related("country"))
        self.types = list(Concept.objects.current("cooperation-types"))
        self.roles = {one.code: one for one in Concept.objects.current("cooperation-roles")}
        self.topics = list(Concept.objects.current("topics"))
        self.quadrants = list(Concept.objects.current("quadrants"))
        self.modalities = list(Concept.objects.current("modalities"))
        self.first = (Initiative.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1

    def fill(self) -> None:
        with transaction.atomic():
            batches(self._initiatives())
            batches(self._participations())
            batches(self._about("topics", self.topics))
            batches(self._about("quadrants", self.quadrants))
            batches(self._activities())
        with transaction.atomic():
            self._results()

    def _numbers(self) -> range:
        return range(self.first, self.first + self.number)

    def _initiatives(self) -> Iterator[Initiative]:
        today = date.today()
        for number in self._numbers():
            keeper = self.dice.choice(self.institutions)
            starts = today - timedelta(days=self.dice.randrange(0, 15 * 365))
            words = " ".join(self.dice.sample(WORDS, 4))
            yield Initiative(
                pk=number,
                code=f"{keeper.country.iso2}-{starts.year}-{100_000 + number}",
                institution=keeper,
                title={"es": f"Cooperación {words} {number}"},
                words=f"cooperacion {words} {number}",
                cooperation_type=self.dice.choice(self.types),
                starts_on=starts,
                ends_on=starts + timedelta(days=self.dice.randrange(60, 1500)),
                approved_on=starts,
                began_on=starts,
                closed_on=starts + timedelta(days=1500),
                state=self.dice.choice(STATES),
                validation=self.dice.choices(("published", "unilateral", "notified"), (80, 10, 10))[0],
            )

    def _participations(self) -> Iterator[Participation]:
        for one in Initiative.objects.filter(pk__gte=self.first).only("pk", "institution_id").iterator():
            yield Participation(
                initiative_id=one.pk, institution_id=one.institution_id, role=self.roles["first-offerer"]
            )
            others = self.dice.sample(self.institutions, 2)
            for place, other in enumerate(others[: self.dice.choice((1, 1, 2))]):
                if other.pk != one.institution_id:
                    role = self.roles["recipient" if place == 0 else "second-offerer"]
                    yield Participation(initiative_id=one.pk, institution=other, role=role)

    def _about(self, relation: str, concepts: list[Concept]) -> Iterator[Model]:
        through: Any = getattr(Initiative, relation).through
        for number in self._numbers():
            yield through(initiative_id=number, concept=self.dice.choice(concepts))

    def _activities(self) -> Iterator[Activity]:
        rows = Initiative.objects.filter(pk__gte=self.first).values_list("pk", "institution_id", "starts_on")
        for number, institution, starts in rows.iterator():
            on = starts + timedelta(days=self.dice.randrange(0, 300))
            yield Activity(
                initiative_id=number,
                number=1,
                title={"es": f"Visita {number}"},
                modality=self.dice.choice(self.modalities),
                institution_id=institution,
                starts_on=on,
                ends_on=on + timedelta(days=self.dice.randrange(0, 9)),
            )

    def _results(self) -> None:
        """A parent frame into which ROLLED_UP frames roll up; the measurements are spread over all frames alike."""
        numbers = list(self._numbers())[::FRAMED]
        keepers = dict(Initiative.objects.filter(pk__in=numbers).values_list("pk", "institution"))
        each = max(1, self.measurements // (len(numbers) * INDICATORS * PERIODS))
        frame = (ResultFrame.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        result = (Result.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        indicator = (Indicator.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        period = (Period.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        batches(
            ResultFrame(pk=frame + place, initiative_id=number, parent_id=frame if 0 < place <= ROLLED_UP else None)
            for place, number in enumerate(numbers)
        )
        batches(
            Result(pk=result + place, frame_id=frame + place, level="outcome", number=1, title={"es": "Efecto"})
            for place in range(len(numbers))
        )
        batches(
            Indicator(
                pk=indicator + place * INDICATORS + at,
                result_id=result + place,
                number=at + 1,
                title={"es": f"Indicador {at + 1}"},
                measure="unit",
                rolls_into_id=indicator + at if 0 < place <= ROLLED_UP else None,
            )
            for place in range(len(numbers))
            for at in range(INDICATORS)
        )
        many = len(numbers) * INDICATORS
        batches(
            Period(
                pk=period + place * PERIODS + at,
                indicator_id=indicator + place,
                starts_on=date(2016 + at, 1, 1),
                ends_on=date(2016 + at, 12, 31),
                target=100,
                locked=False,
            )
            for place in range(many)
            for at in range(PERIODS)
        )
        sender, reviewer = User.objects.order_by("pk")[:2]
        now = timezone.now()
        others = [one.pk for one in self.institutions]
        batches(
            Measurement(
                period_id=period + place,
                institution_id=keepers[numbers[place // (INDICATORS * PERIODS)]] if at == 0 else others[at],
                state="approved",
                value=self.dice.randrange(0, 200),
                submitted_at=now,
                submitted_by=sender,
                reviewed_at=now,
                reviewed_by=reviewer,
            )
            for place in range(many * PERIODS)
            for at in range(each)
            if at == 0 or others[at] != keepers[numbers[place // (INDICATORS * PERIODS)]]
        )


def asked(first: int) -> dict[str, str]:
    """The pages, by name."""
    rows = Initiative.objects.filter(pk__gte=first, validation="published")
    one, framed = rows.filter(frame__isnull=True).first(), Initiative.objects.get(pk=first)
    Initiative.objects.filter(pk=framed.pk).update(validation="published")
    if one is None:
        sys.exit("Nothing was filled in.")
    country = one.institution.country_id.lower()
    year = date.today().year
    return {
        "list": "/es/initiatives/",
        "list, filters and search": f"/es/initiatives/?text=registro+hogares&country={country.upper()}&type=triangular&year={year}",
        "list, page 3,000": "/es/initiatives/?page=3000",
        "an initiative": f"/es/initiatives/{one.code}/",
        "results of an initiative": f"/es/initiatives/{framed.code}/results/",
        "calendar month": f"/es/calendar/?month={date.today():%Y-%m}",
        "national report": f"/es/countries/{country}/cooperation/{year}/",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=200_000)
    parser.add_argument("--measurements", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement (4)")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8])
    options = parser.parse_args()
    subprocess.run(
        [sys.executable, "-m", "ayni.site", "prepare"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    filler = Filler(options.initiatives, options.measurements)
    started = time.perf_counter()
    filler.fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    counts = f"{Initiative.objects.count():,} initiatives, {Measurement.objects.count():,} measurements"
    print(f"{counts}, {connection.vendor}, filled in {time.perf_counter() - started:.0f} s", flush=True)
    pages = asked(filler.first)
    connection.close()
    print("| page | clients | answers/s | to the bare view | p50 ms | p95 ms | kB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with serving("benchmarks.bare:application") as bare_port, serving("ayni.site.wsgi:application") as port:
        for clients in options.clients:
            for name, path in pages.items():
                bare = measure(bare_port, request_for("/"), clients, options.seconds / 2)
                once(port, request_for(path, **AFRESH))
                found = measure(port, request_for(path, **AFRESH), clients, options.seconds)
                if found.status != 200:
                    print(
                        f"| {name} | {clients} | no answer within {options.seconds:g} s (status {found.status}) | | | | |"
                    )
                    continue
                print(line(name, clients, found, bare.rate), flush=True)
            print(line("bare view of 25 rows", clients, bare, bare.rate), flush=True)


if __name__ == "__main__":
    main()
