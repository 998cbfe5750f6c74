"""How long the whole report takes in four languages as PDF, beside typst alone setting the same pages in the same run.

    python benchmarks/report.py [--repeat 5]

Makes a data folder of its own with the 2010 edition. Each measurement is a process of its own, started and warm (everything
imported) before the clock runs: nothing that typst or the pictures remember helps the next one. "report" reads the
edition from the database, builds the document and sets it, four times; "typst" sets the same four documents from values
that are ready. The first report draws its pictures; the later ones find the charts in the data folder, as a site does.
Nothing here passes or fails.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
os.environ.setdefault("AYNI_DATA", tempfile.mkdtemp(prefix="ayni-benchmark-"))

import django  # noqa: E402  (the data folder is chosen first)

django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402

from ayni.atlas.reports import pdf  # noqa: E402
from ayni.atlas.reports.files import content_of, edition_report  # noqa: E402
from ayni.common.i18n import LANGUAGES  # noqa: E402
from ayni.surveys.models import DiagnosisEdition  # noqa: E402

READY = Path(os.environ["AYNI_DATA"]) / "ready.json"


def measure_report() -> dict[str, Any]:
    """Seconds of the whole and of its parts, bytes of the four files."""
    reverse("home")  # reads the site's addresses, and with them its modules
    start = time.perf_counter()
    edition = DiagnosisEdition.objects.select_related("round__version__instrument", "previous").get(code="oas-2010")
    content = content_of(edition)
    build = 0.0
    size = 0
    for lang in LANGUAGES:
        before = time.perf_counter()
        report = edition_report(edition, content, lang)
        build += time.perf_counter() - before
        size += len(pdf.write(report))
    return {"seconds": time.perf_counter() - start, "build": build, "bytes": size}


def measure_typst() -> dict[str, Any]:
    documents = json.loads(READY.read_text())
    start = time.perf_counter()
    size = sum(len(pdf.set_pages(data, made)) for data, made in documents)
    return {"seconds": time.perf_counter() - start, "bytes": size}


def keep_ready() -> None:
    """The four documents as typst gets them."""
    edition = DiagnosisEdition.objects.select_related("round__version__instrument", "previous").get(code="oas-2010")
    reports = [edition_report(edition, content_of(edition), lang) for lang in LANGUAGES]
    READY.write_text(json.dumps([[pdf.data_of(report), report.made] for report in reports]))


ARMS = {"report": measure_report, "typst": measure_typst}


def in_a_process(arm: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, "--arm", arm], check=True, stdout=subprocess.PIPE, env=os.environ.copy()
    )
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="measurements of each kind (5)")
    parser.add_argument("--arm", choices=ARMS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.arm:
        found = ARMS[options.arm]()
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    call_command("prepare", verbosity=0)
    first = in_a_process("report")
    keep_ready()
    # In turns, so that a busy moment of the machine falls on both.
    turns = [(in_a_process("report"), in_a_process("typst")) for _ in range(options.repeat)]
    report, typst = zip(*turns, strict=True)
    whole, alone = (statistics.median(one["seconds"] for one in arm) for arm in (report, typst))
    build = statistics.median(one["build"] for one in report)
    print(f"four PDFs, {report[0]['bytes'] / 1e6:.1f} MB together, median of {options.repeat}")
    print(f"  report, pictures drawn    {first['seconds']:6.2f} s   peak {first['memory']:5.0f} MB")
    print(f"  report, charts kept       {whole:6.2f} s   peak {max(r['memory'] for r in report):5.0f} MB")
    print(f"    of which before typst   {build:6.2f} s")
    print(f"  typst alone, same pages   {alone:6.2f} s   peak {max(t['memory'] for t in typst):5.0f} MB")
    print(f"  ratio                     {whole / alone:6.2f}")


if __name__ == "__main__":
    main()
