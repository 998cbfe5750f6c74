"""The client and the notebooks against a site that runs: what the API gives, a program reads without ado."""

import csv
import json
import threading
import urllib.error
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse

from ayni.client import ApiError, Client
from ayni.client.transport import KEEP, Answer, Transport
from ayni.interop.queries.open_data.catalogue import RESOURCES

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def site(demonstration, live_server, monkeypatch) -> str:
    monkeypatch.setattr(settings, "API_LIMITS", {"address": 10_000, "token": 10_000})
    monkeypatch.setattr(settings, "SITE_URL", live_server.url)
    monkeypatch.setenv("AYNI_SITE", live_server.url)
    return live_server.url


def run(notebook: str) -> dict:
    """The names that the notebook's cells leave behind."""
    cells = json.loads((ROOT / "docs/notebooks" / notebook).read_text())["cells"]
    names: dict = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), notebook, "exec"), names)
    return names


def printed() -> dict[str, set[str]]:
    """{partner: institutions} as transcribed from the document."""
    found = defaultdict(set)
    with (ROOT / "data/oas2010/partners.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["country"]].add(row["institution"])
    return dict(found)


def test_the_notebooks_and_the_client_read_what_the_site_holds(site, capsys):
    """One test: a site with the demonstration takes its time to stand."""
    _table_3(capsys)
    _network()
    _lists(site)
    _versions(site)
    _problems(site)
    _limits(site)


def _table_3(capsys):
    names = run("table3.ipynb")
    assert names["table"] == printed()
    assert names["totals"] == {
        "BR-MDS": 26,
        "CL-MIDEPLAN": 15,
        "CL-FOSIS": 27,
        "CO-ACCION-SOCIAL": 21,
        "MX-SEDESOL": 34,
    }
    assert names["by_country"] == {"BRA": 26, "CHL": 29, "COL": 21, "MEX": 34}
    assert names["hhi"] == {"BRA": 0.4053, "CHL": 0.5957, "COL": 0.8277, "MEX": 0.3512}
    assert "Americas and Caribbean: 31 (54.4%)" in capsys.readouterr().out


def _network():
    names = run("network.ipynb")
    assert (names["graph"].number_of_nodes(), names["graph"].number_of_edges()) == (57, 110)
    drawn = names["chart"].to_dict()
    assert len(drawn["layer"][0]["data"]["values"]) == 110 and len(drawn["layer"][1]["data"]["values"]) == 57


def _lists(site):
    client = Client(site, lang="fr")
    for name in RESOURCES:
        typed = list(getattr(client, name.replace("-", "_"))())
        assert typed == list(client.rows(name, limit=7)), name
    assert next(row for row in client.countries() if row["iso3"] == "BRA")["name"] == "Brésil"
    assert client.count("countries") == len(list(client.countries())) and client.count("regions", scheme="m49") > 5
    assert list(client.rows("countries", fields="iso3", limit=100))[0].keys() == {"iso3"}
    assert {row["country"] for row in client.institutions(country="CHL", international=False)} == {"CHL"}
    assert client.table("oas-2010", "T3")["content"]["partners"] == 57
    assert json.loads(client.edition_content("oas-2010"))["schema"] == "ayni-diagnosis/1"
    assert client.file("regions").startswith(b"scheme,code,")


def _versions(site):
    client = Client(site)
    first = client.get("countries/BRA")
    kept = client.transport.known[client.url("countries/BRA", lang="en")]
    assert kept.etag and client.get("countries/BRA") == first
    assert client.transport.known[client.url("countries/BRA", lang="en")] is kept, "not sent again"


def _problems(site):
    with pytest.raises(ApiError) as found:
        list(Client(site).countries(contry="BRA"))
    assert found.value.status == 422 and set(found.value.errors) == {"contry"}
    with pytest.raises(ApiError, match="401"):
        Client(site, token="ayni_made-up").get("countries")


def _limits(site):
    waited = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        settings.API_LIMITS = {"address": 10_000, "token": 10_000}

    settings.API_LIMITS = {"address": 0, "token": 0}
    caches["portions"].clear()
    assert Client(site, wait=wait).get("countries/BRA")["iso2"] == "BR"
    assert len(waited) == 1 and 1 <= waited[0] <= 60


def test_an_edition_that_arrives_broken_is_told():
    client = Client("https://ayni.example")
    told = Answer(json.dumps({"sha256": "0" * 64}).encode(), "")
    client.transport.get = lambda url: told  # type: ignore[method-assign]
    with pytest.raises(ApiError, match="checksum"):
        client.edition_content("oas-2010")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://ayni.example/", "countries"])
def test_only_the_web_is_asked(url):
    with pytest.raises(ValueError, match="not an address"):
        Transport({}).get(url)


def test_a_site_that_stays_busy_is_given_up(monkeypatch):
    waited: list[float] = []
    transport = Transport({}, wait=waited.append)

    def busy(url: str) -> Answer:
        raise urllib.error.HTTPError(url, 503, "busy", {}, None)  # type: ignore[arg-type]

    monkeypatch.setattr(transport, "_ask", busy)
    with pytest.raises(ApiError) as found:
        transport.get("https://ayni.example/")
    assert found.value.status == 503 and waited == [2, 4, 8]


@pytest.mark.parametrize("notebook", ["table3.ipynb", "network.ipynb"])
def test_notebooks_are_kept_without_outputs(notebook):
    """What they show is made anew by whoever runs them; the tests run them."""
    for cell in json.loads((ROOT / "docs/notebooks" / notebook).read_text())["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None


class Elsewhere(BaseHTTPRequestHandler):
    """A server that sends on, tells what it was sent, or is busy until it has been asked often enough."""

    asked: ClassVar[list[tuple[str, str]]] = []
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("Authorization", "")))
        port = self.server.server_address[1]
        if self.path == "/away":
            return self._say(302, Location=f"http://localhost:{port}/told")
        if self.path == "/home":
            return self._say(302, Location=f"http://127.0.0.1:{port}/told")
        if self.path.startswith("/busy") and len(self.asked) < 3:
            return self._say(503, **{"Retry-After": "2" if self.path == "/busy" else "Wed, 21 Oct 2015 07:28:00 GMT"})
        if self.headers.get("If-None-Match") == '"1"':
            return self._say(304)
        return self._say(200, ETag='"1"', body=b"{}")

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: requests are no output of a test."""


@pytest.fixture
def elsewhere():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Elsewhere.asked.clear()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_token_is_not_given_to_another_site(elsewhere):
    transport = Transport({"Authorization": "Bearer ayni_secret"})
    transport.get(f"{elsewhere}/home")
    assert Elsewhere.asked == [("/home", "Bearer ayni_secret"), ("/told", "Bearer ayni_secret")]
    Elsewhere.asked.clear()
    transport.get(f"{elsewhere}/away")
    assert Elsewhere.asked == [("/away", "Bearer ayni_secret"), ("/told", "")]


@pytest.mark.parametrize(("path", "pauses"), {"/busy": [2, 2], "/busy-until": [0, 0]}.items())
def test_a_busy_site_is_waited_for_as_long_as_it_says(elsewhere, path, pauses):
    waited: list[float] = []
    assert Transport({}, wait=waited.append).get(f"{elsewhere}{path}").body == b"{}"
    assert waited == pauses


def test_what_is_known_is_asked_for_by_its_version_and_the_last_are_kept(elsewhere):
    transport = Transport({})
    first = transport.get(f"{elsewhere}/1")
    for number in range(2, KEEP + 1):
        transport.get(f"{elsewhere}/{number}")
    assert transport.get(f"{elsewhere}/1") is first
    transport.get(f"{elsewhere}/another")
    assert (
        len(transport.known) == KEEP and f"{elsewhere}/1" in transport.known and f"{elsewhere}/2" not in transport.known
    )


def test_the_pages_lead_to_the_api():
    assert reverse("v1_countries") == "/api/v1/countries"
