"""Pages a second, beside a bare Django view that lists 25 rows, in the same run:  .venv/bin/python -m benchmarks.pages

docs/benchmarks.md tells what is measured and what was found. Needs nothing but the environment that `./ayni up` makes.
"""

import argparse
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.load import Measured, Served, header, measure, once, request_for

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = (8, 64)
# An empty session: the page is made anew, as for the first reader after a change.
AFRESH = {"Cookie": "sessionid="}
PUBLISHED = {
    "home": "/es/",
    "map": "/es/map/",
    "country": "/es/countries/BRA/",
    "diagnosis": "/es/diagnosis/oas-2010/",
}


@contextlib.contextmanager
def serving(application: str) -> Iterator[Served]:
    """`application` under granian with the site's own options, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = f"import sys; from ayni.site.server import serve; sys.exit(serve({port}, {application!r}))"
    server = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        for line in server.stdout or ():
            if b"http://" in line:
                break
        served = Served(port)
        served.pid = server.pid
        yield served
    finally:
        server.terminate()
        server.wait()


RESPONDENT = """
from django.test import Client
from django.urls import reverse
from ayni.accounts.models import User
from ayni.surveys.models import Response
person = User.objects.get(email="punto.focal@demo.ayni")
mine = person.memberships.exclude(institution=None).first().institution
response = Response.objects.get(institution=mine, round__status="open")
section = response.round.version.sections.order_by("position")[1]
client = Client()
client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
print(reverse("answer", args=[response.round.code, mine.code, section.code]), client.cookies["sessionid"].value)
"""


def answer_page() -> tuple[str, dict[str, str]]:
    """The address of the second section of the demonstration's focal point's questionnaire, and the cookie of its session."""
    command = [sys.executable, "-m", "ayni.site", "shell", "--no-imports", "-c", RESPONDENT]
    path, session = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-2:]
    return path, {"Cookie": f"sessionid={session}"}


def requests(port: int) -> Iterator[tuple[str, bytes]]:
    """What is asked, by its name."""
    for name, path in PUBLISHED.items():
        kept = once(port, request_for(path))
        etag = header(kept.partition(b"\r\n\r\n")[0], b"etag").decode()
        yield f"{name}, afresh", request_for(path, **AFRESH)
        yield f"{name}, published", request_for(path)
        yield f"{name}, not changed (304)", request_for(path, **{"If-None-Match": etag})
    path, cookie = answer_page()
    yield "answer page, signed in", request_for(path, **cookie)


def line(name: str, clients: int, found: Measured, bare: float) -> str:
    numbers = (
        f"{found.rate:,.0f} | {found.rate / bare:.2f} | {found.p50:.1f} | {found.p95:.1f} | {found.size / 1000:.1f}"
    )
    return f"| {name} | {clients} | {numbers} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement (4)")
    options = parser.parse_args()
    os.environ["AYNI_DATA"] = tempfile.mkdtemp(prefix="ayni-benchmark-")
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    subprocess.run([sys.executable, "-m", "ayni.site", "prepare"], check=True, stderr=subprocess.DEVNULL)
    print("| page | clients | answers/s | to the bare view | p50 ms | p95 ms | kB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with serving("benchmarks.bare:application") as bare_port, serving("ayni.site.wsgi:application") as port:
        asked = list(requests(port))
        for clients in CLIENTS:
            rates = []
            for name, request in [("bare view of 25 rows", b""), *asked]:
                # Beside each page, so that both meet the same machine.
                bare = measure(bare_port, request_for("/"), clients, options.seconds / 2)
                rates.append(bare.rate)
                if not request:
                    print(line(name, clients, bare, bare.rate), flush=True)
                    continue
                found = measure(port, request, clients, options.seconds)
                if found.status not in (200, 304):
                    sys.exit(f"{name}: status {found.status}")
                print(line(name, clients, found, bare.rate), flush=True)
            print(
                f"| bare view, median of {len(rates)} | {clients} | {statistics.median(rates):,.0f} | 1.00 | | | |",
                flush=True,
            )


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(
        f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}, {time.monotonic() - started:.0f} s",
        file=sys.stderr,
    )
