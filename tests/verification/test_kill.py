"""kill -9 at any moment: what was told as committed is there, nothing is half-written, and the next start works."""

import hashlib
import json
import random
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.verification.site_folder import Site, another_site

Told = list[dict[str, str]]
SEEDS = range(4)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    site = another_site(tmp_path_factory.mktemp("site"))
    site.create()
    site.run("prepare")
    yield site
    site.drop()


def killed(site: Site, scenario: str, start: int, seed: int) -> Told:
    """Let a process write, kill it in the midst of it, and return what it told."""
    process = site.start("tests.verification.writer", scenario, str(start))
    told = [process.stdout.readline()]
    assert told[0], process.stderr.read().decode()
    killer = threading.Timer(random.Random(seed).uniform(0.0, 2.5), process.kill)
    killer.start()
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    process.stderr.close()
    killer.join()
    assert process.returncode == -9
    return [json.loads(line) for line in told if line.endswith(b"\n")]


def check_editions(site: Site, told: Told) -> None:
    standing = {
        code: rest for code, *rest in site.ask("SELECT code, status, content, checksum FROM surveys_diagnosisedition")
    }
    for status, content, checksum in standing.values():
        assert (content == "") == (status == "draft")
        assert checksum == (hashlib.sha256(content.encode()).hexdigest() if content else "")
    for edition in told:
        status, _content, checksum = standing[edition["code"]]
        assert edition["status"] in ("draft", status)
        assert edition.get("checksum", checksum) == checksum
    for verb, statuses in (
        ("edition created", "'draft', 'frozen', 'published'"),
        ("edition frozen", "'frozen', 'published'"),
    ):
        recorded = site.ask(f"SELECT count(*) FROM common_auditevent WHERE verb = '{verb}'")
        assert recorded == site.ask(f"SELECT count(*) FROM surveys_diagnosisedition WHERE status IN ({statuses})")


def check_people(site: Site, told: Told) -> None:
    roles = dict(
        site.ask(
            "SELECT u.email, count(m.id) FROM accounts_user u LEFT JOIN directory_membership m ON m.user_id = u.id"
            " GROUP BY u.email"
        )
    )
    assert {person["email"] for person in told} <= set(roles)
    assert set(roles.values()) == {1}
    for verb in ("person added", "role granted"):
        assert site.ask(f"SELECT count(*) FROM common_auditevent WHERE verb = '{verb}'") == [(len(roles),)]


def check_answers(site: Site, told: Told) -> None:
    answer = (
        "FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id JOIN surveys_round o ON o.id = r.round_id"
        " {join} WHERE o.code = 'open' {rest}"
    )
    [(key, value, revision)] = site.ask(f"SELECT a.id, a.value, a.revision {answer.format(join='', rest='')}")
    revisions = "JOIN surveys_answerrevision v ON v.answer_id = a.id"
    numbered = "AND v.revision IS NOT NULL ORDER BY v.revision"
    history = site.ask(f"SELECT v.revision, v.value {answer.format(join=revisions, rest=numbered)}")
    assert [number for number, _value in history] == list(range(1, revision + 1))
    assert history[-1][1] == value
    values = {str(number): value if site.url else json.loads(value) for number, value in history}
    assert all(values[answer["revision"]] == answer["value"] for answer in told)
    saved = f"SELECT count(*) FROM common_auditevent WHERE verb = 'answer saved' AND object_id = '{key}'"
    assert site.ask(saved) == [(revision,)]


def check_sheets(site: Site, told: Told) -> None:
    """Every answer is of the same sheet, none older than the last that was told as in."""
    of_the_round = (
        "FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id JOIN surveys_round o ON o.id = r.round_id"
        " {join} WHERE o.code = 'sheets'"
    )
    rows = site.ask(f"SELECT a.value, a.revision {of_the_round.format(join='')}")
    values = {value if site.url else json.loads(value) for value, _revision in rows}
    assert len(values) == 1 and len(rows) == int(told[-1]["answers"])
    [value] = values
    assert int(value.split()[-1]) >= int(told[-1]["sheet"])
    [(imported,)] = site.ask("SELECT count(*) FROM common_auditevent WHERE verb = 'answers imported'")
    assert {revision for _value, revision in rows} == {imported}
    join = "JOIN surveys_answerrevision v ON v.answer_id = a.id"
    assert site.ask(f"SELECT count(*) {of_the_round.format(join=join)}") == [(imported * len(rows),)]


def check_records(site: Site, told: Told) -> None:
    """Where the record stands, what its sides say and what was written down agree: all of it, or nothing."""
    rows = site.ask("SELECT id, code, validation FROM registry_initiative WHERE code LIKE 'MX-2010-______'")
    expected = {
        "private": ([], []),
        "notified": (["declared", "notified"], ["record declared"]),
        "validated": (["confirmed", "declared"], ["record confirmed", "record declared"]),
    }
    standing = {}
    for key, code, validation in rows:
        said = site.ask(f"SELECT stance FROM registry_declaration WHERE initiative_id = {key} ORDER BY stance")
        verbs = site.ask(
            "SELECT verb FROM common_auditevent WHERE object_type = 'registry.Initiative'"
            f" AND object_id = '{key}' ORDER BY verb"
        )
        assert ([one for (one,) in said], [one for (one,) in verbs]) == expected[validation]
        standing[code] = validation
    for one in told:
        assert standing[one["code"]] in (one["validation"], "validated")


def check_obstacles(site: Site, told: Told) -> None:
    first = min(int(one["key"]) for one in told)
    rows = site.ask(f"SELECT id, revision, taken_on IS NOT NULL FROM learning_obstacle WHERE id >= {first}")
    standing = {str(key): revision for key, revision, _taken in rows}
    assert all((revision == 2) == bool(taken) for _key, revision, taken in rows)
    events = site.ask(
        "SELECT object_id, count(*) FROM common_auditevent WHERE verb IN ('obstacle registered', 'counter-measure recorded')"
        " GROUP BY object_id"
    )
    recorded = {key: number for key, number in events if int(key) >= first}
    assert recorded == standing
    for one in told:
        assert standing[one["key"]] >= int(one["revision"])


CHECKS: dict[str, Callable[[Site, Told], None]] = {
    "editions": check_editions,
    "people": check_people,
    "answers": check_answers,
    "sheets": check_sheets,
    "records": check_records,
    "obstacles": check_obstacles,
}


@pytest.mark.parametrize("scenario", CHECKS)
def test_killed_while_it_saves(site, scenario):
    told: Told = []
    for seed in SEEDS:
        told += killed(site, scenario, 100_000 * (seed + 1), seed)
        assert site.is_sound()
        CHECKS[scenario](site, told)
    assert len(told) > len(SEEDS)
    assert json.loads(site.run("diagnose", "oas-2010"))["tables"]["T3"]["partners"] == 57


def test_killed_while_it_prepares(tmp_path_factory):
    site = another_site(tmp_path_factory.mktemp("prepared"))
    site.create()
    try:
        for seconds in (0.6, 1.2, 2.0, 3.0, 4.5):
            process = site.start("ayni.site", "prepare")
            killer = threading.Timer(seconds, process.kill)
            killer.start()
            process.communicate()
            killer.cancel()
        site.run("prepare")
        table = json.loads(site.run("diagnose", "oas-2010"))["tables"]["T3"]
        assert sorted(table["totals"].values()) == [15, 21, 26, 27, 34]
        assert site.is_sound()
    finally:
        site.drop()
