"""kill -9 in mid-import, then again: the same end as an import that nobody disturbed."""

import json
import random
import time

from tests.factories.reported import activity, iati
from tests.verification.site_folder import Site, another_site

ACTIVITIES = 1500
KILLS = 4
# Everything that an import leaves, without the numbers and the times of its own.
LEFT = (
    "SELECT publisher, identifier, titles, amounts, digest, content, number, line FROM interop_reportedactivity ORDER BY number",
    "SELECT a.identifier, t.number, t.kind, t.value, t.currency FROM interop_reportedtransaction t"
    " JOIN interop_reportedactivity a ON a.id = t.activity_id ORDER BY a.number, t.number",
    "SELECT a.identifier, s.vocabulary, s.code FROM interop_reportedsector s"
    " JOIN interop_reportedactivity a ON a.id = s.activity_id ORDER BY a.number, s.code",
    "SELECT state, position, seen, added, changed, unchanged, failed, transactions, results, schema_findings,"
    " codelist_findings, ruleset_findings, read_findings FROM interop_sourcefile",
    "SELECT severity, identifier, path, line, template FROM interop_importfinding ORDER BY severity, line, path, template",
    "SELECT count(*) FROM common_auditevent WHERE verb = 'records imported'",
)


def left(site: Site) -> list[list[tuple[object, ...]]]:
    return [site.ask(question) for question in LEFT]


def test_an_import_that_is_killed_comes_to_the_same_end(tmp_path_factory):
    path = tmp_path_factory.mktemp("files") / "many.xml"
    broken = "<iati-activity><iati-identifier>X</iati-identifer></iati-activity>"
    many = [activity(number) for number in range(1, ACTIVITIES)]
    path.write_bytes(iati(*many[:700], broken, many[3], *many[700:]))
    ends = []
    for kills in (0, KILLS):
        site = another_site(tmp_path_factory.mktemp(f"imported{kills}"))
        site.create()
        try:
            site.run("prepare", "--no-demo")
            places = []
            for seed in range(kills):
                if not _is_whole(site):
                    places.append(_killed(site, str(path), seed))
            if not _is_whole(site):
                told = json.loads(site.run("iati", "import", str(path), "--json"))
                assert told["activities"] == ACTIVITIES + 1 and told["failed"] == 2
            assert site.is_sound()
            ends.append(left(site))
        finally:
            site.drop()
    assert any(0 < place < ACTIVITIES for place in places), places
    assert ends[0] == ends[1]


def _killed(site: Site, path: str, seed: int) -> int:
    """Kill an import some time after its first batch is in; returns how far it was."""
    before = _position(site)
    process = site.start("ayni.site", "iati", "import", path)
    while _position(site) == before and process.poll() is None:
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0, 0.05))
    process.kill()
    process.communicate()
    return _position(site)


def _is_whole(site: Site) -> bool:
    """Whether an import came to its end before it could be killed."""
    return bool(site.ask("SELECT 1 FROM interop_sourcefile WHERE state = 'whole'"))


def _position(site: Site) -> int:
    return max((row[0] for row in site.ask("SELECT position FROM interop_sourcefile")), default=0)
