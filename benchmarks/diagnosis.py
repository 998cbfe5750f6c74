"""How long the diagnosis of a large round takes, beside a bare SELECT of the same rows read in the same run.

    python benchmarks/diagnosis.py [--responses 10000] [--repeat 3] [--profile]

Makes a database of its own in a temporary folder (or uses DATABASE_URL), fills a round, and times `computed_content`. Each
response has 6 partners, 10 categories (2 by passage), 2 agencies and 20 answers. Nothing here passes or fails.
"""

import argparse
import cProfile
import os
import pstats
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
os.environ.setdefault("AYNI_DATA", tempfile.mkdtemp(prefix="ayni-benchmark-"))

import django  # noqa: E402  (the data folder is chosen first)

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from ayni.accounts.models import User  # noqa: E402
from ayni.directory.actions.countries import load_countries  # noqa: E402
from ayni.directory.actions.regions import load_regions  # noqa: E402
from ayni.directory.actions.vocabularies import load_vocabularies  # noqa: E402
from ayni.directory.models import Concept, Country, Institution, InstitutionName  # noqa: E402
from ayni.surveys.actions.instruments import load_instruments  # noqa: E402
from ayni.surveys.models import (  # noqa: E402
    AgencyMention,
    Answer,
    Coding,
    DiagnosisEdition,
    InstrumentVersion,
    PartnerMention,
    Response,
    Round,
)
from ayni.surveys.queries.content.assemble import computed_content  # noqa: E402

BATCH = 5_000
TABLES = ("surveys_response", "surveys_partnermention", "surveys_coding", "surveys_agencymention", "surveys_answer")


def fill(number: int) -> Round:
    """A closed round with `number` validated responses."""
    call_command("migrate", verbosity=0, interactive=False)
    load_countries(by=None)
    load_regions(by=None)
    load_vocabularies(by=None)
    load_instruments(by=None)
    draw = random.Random(2026)
    # Antarctica lies in no region.
    countries = list(Country.objects.exclude(pk="ATA").values_list("pk", flat=True))
    person = User.objects.create_user("benchmark@example.org", name="Benchmark")
    version = InstrumentVersion.objects.get(instrument__code="oas13")
    round_ = Round.objects.create(
        code="large",
        title={"es": "Grande"},
        version=version,
        period_from=2011,
        period_to=2026,
        deadline=date(2026, 12, 31),
        status="closed",
    )
    homes = [draw.choice(countries) for _ in range(number)]
    institutions = Institution.objects.bulk_create(
        (Institution(code=f"X-{place:05}", country_id=home) for place, home in enumerate(homes)), BATCH
    )
    InstitutionName.objects.bulk_create(
        (InstitutionName(institution=one, name={"es": one.code}, acronym=one.code) for one in institutions), BATCH
    )
    now = timezone.now()
    responses = Response.objects.bulk_create(
        (
            Response(
                round=round_,
                institution=one,
                status="validated",
                period_from=2011,
                period_to=2026,
                validated_at=now,
                validated_by=person,
            )
            for one in institutions
        ),
        BATCH,
    )
    _facts(round_, responses, homes, countries, draw)
    return round_


def _facts(
    round_: Round, responses: list[Response], homes: list[str], countries: list[str], draw: random.Random
) -> None:
    questions = list(round_.version.questions.exclude(kind="note").order_by("position"))
    by_code = {question.code: question for question in questions}
    pools = {
        code: list(Concept.objects.filter(scheme__code=code))
        for code in ("topics", "modalities", "outcomes", "obstacles", "learning-types", "agreement-forms")
    }
    asked = [("q05", "topics", 3), ("q05a", "topics", 1), ("q06", "modalities", 2), ("q07b", "agreement-forms", 1)]
    asked += [("q10c", "learning-types", 1), ("q11b", "obstacles", 1), ("q12b", "outcomes", 1)]
    partners, codings, agencies, answers = [], [], [], []
    for response, home in zip(responses, homes, strict=True):
        for country in draw.sample(countries, 7)[:6]:
            if country != home:
                partners.append(
                    PartnerMention(
                        response=response, reporter_id=home, country_id=country, source="response, question 8"
                    )
                )
        for code, scheme, number in asked:
            for concept in draw.sample(pools[scheme], number):
                codings.append(
                    Coding(
                        round=round_,
                        response=response,
                        question=by_code[code],
                        concept=concept,
                        coder_name="the respondent",
                        passage="…" * 40 if code in ("q11b", "q12b") else "",
                        source=f"response, question {code[1:]}",
                    )
                )
        for name in ("Agencia de cooperación", "Cancillería"):
            agencies.append(AgencyMention(round=round_, response=response, name={"es": name}, scope="national"))
        for question in questions[:20]:
            answers.append(Answer(response=response, question=question, value="x" * 60, revision=1))
    for model, rows in ((PartnerMention, partners), (Coding, codings), (AgencyMention, agencies), (Answer, answers)):
        model.objects.bulk_create(rows, BATCH)


def bare_select() -> int:
    """Read the same rows with nothing between: how many there are."""
    rows = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            rows += len(cursor.fetchall())
    return rows


def timed(act: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """The shortest of `repeat` runs, in seconds, and what it returned."""
    best, result = float("inf"), None
    for _ in range(repeat):
        start = time.perf_counter()
        result = act()
        best = min(best, time.perf_counter() - start)
    return best, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--responses", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    round_ = fill(options.responses)
    print(f"filled in {time.perf_counter() - start:.1f} s ({connection.vendor})")
    edition = DiagnosisEdition.objects.create(code="large", title={"es": "Grande"}, round=round_)
    selecting, rows = timed(bare_select, options.repeat)
    computing, content = timed(lambda: computed_content(edition), options.repeat)
    print(f"rows                  {rows:>10,}")
    print(f"bare SELECT           {selecting:>10.3f} s")
    print(f"diagnosis computed    {computing:>10.3f} s   ratio {computing / selecting:.2f}")
    print(f"partners {content['tables']['T3']['partners']}, pairs {content['tables']['T3']['pairs']}")
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(computed_content, edition)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(35)


if __name__ == "__main__":
    main()
