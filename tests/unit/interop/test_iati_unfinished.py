"""A validation that was killed goes on where it was, and says what an undisturbed one says."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from ayni.iati.findings import Severity
from ayni.iati.validate import Judges, validate
from ayni.interop.management.iati.unfinished import REACHED, Unfinished
from tests.unit.iati.test_iati_reading import END, HEAD, records

JUDGES = Judges(date(2026, 11, 30))
BROKEN = "<iati-activity><iati-identifier>XX-1-2</iati-activity>\n"
ODD = '<iati-activity default-currency="é €"/>\n'
PATIENCE = 120


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Path:
    """A file of several batches, with something wrong in each."""
    path = tmp_path_factory.mktemp("iati") / "long.xml"
    some = records(*range(1, 200)) + ODD
    path.write_text(HEAD + BROKEN + some * (3_000_000 // len(some)) + END, encoding="utf-8")
    return path


def test_from_wherever_it_was_left_the_rest_is_said(long):
    whole, left = [], []
    verdict = validate(long, JUDGES, processes=1, take=whole.append, reached=lambda it: left.append((it, len(whole))))
    assert len(left) > 4 and Severity.READ in left[0][0].against
    for begin, before in (left[0], left[len(left) // 2], left[-1]):
        rest = []
        again = validate(long, JUDGES, take=rest.append, begin=begin)
        assert (again.activities, again.against, again.version) == (verdict.activities, verdict.against, "2.03")
        assert whole[before:] == rest


def test_what_was_kept_is_found_again_until_the_file_is_finished(tmp_path, long):
    with pytest.raises(RuntimeError), Unfinished(tmp_path, long, JUDGES) as kept:
        assert kept.begin is None
        with Unfinished(tmp_path, long, JUDGES) as beside:  # somebody else at the same time
            assert beside.begin is None
        some = validate(long, JUDGES, processes=1, take=kept.take, reached=stopping(kept))
        raise AssertionError(some)
    with Unfinished(tmp_path, long, JUDGES) as kept:
        assert kept.begin is not None and kept.begin.number == 3
        validate(long, JUDGES, take=kept.take, begin=kept.begin)
        assert list(kept.findings()) == validate(long, JUDGES).findings
    assert not list(tmp_path.iterdir())


def stopping(kept: Unfinished):
    def reached(it):
        if it.number > 3:
            raise RuntimeError
        kept.reached(it)

    return reached


def test_another_day_begins_anew_and_what_nobody_came_back_to_goes(tmp_path, long):
    with pytest.raises(RuntimeError), Unfinished(tmp_path, long, JUDGES) as kept:
        validate(long, JUDGES, processes=1, take=kept.take, reached=stopping(kept))
    (home,) = tmp_path.iterdir()
    os.utime(home, (0, 0))
    with Unfinished(tmp_path, long, Judges(date(2026, 12, 1))) as kept:
        assert kept.begin is None and not home.exists()


@pytest.mark.parametrize("torn", ["", "{", '{"size": 3}', "[]"])
def test_a_mark_that_cannot_be_read_is_none(tmp_path, long, torn):
    with pytest.raises(RuntimeError), Unfinished(tmp_path, long, JUDGES) as kept:
        validate(long, JUDGES, processes=1, take=kept.take, reached=stopping(kept))
    (home,) = tmp_path.iterdir()
    (home / REACHED).write_text(torn)
    with Unfinished(tmp_path, long, JUDGES) as kept:
        assert kept.begin is None and not list(kept.findings())


def test_a_killed_command_goes_on(tmp_path, long):
    marks = (killed_in_the_middle(long, tmp_path / "one") for _try in range(5))
    mark = next(filter(None, marks))
    assert json.loads(mark.read_text())["number"] >= 1
    told = [
        subprocess.run(command(long), env=environment(tmp_path / name), capture_output=True, check=False).stdout
        for name in ("one", "two")
    ]
    assert told[0] == told[1] and json.loads(told[0])["activities"] > 1_000
    assert not mark.exists()


def killed_in_the_middle(path: Path, folder: Path) -> Path | None:
    """Where the command says how far it was; None if it was finished before it could be killed."""
    running = subprocess.Popen(command(path), env=environment(folder), stdout=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while running.poll() is None and not list(folder.glob(f"validating/*/{REACHED}")) and time.monotonic() < end:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    return next(folder.glob(f"validating/*/{REACHED}"), None)


def command(path: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "ayni.site", "iati", "validate", str(path), "--json", "--processes", "1"]


def environment(folder: Path) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    return {**os.environ, "AYNI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "ayni.site.settings"}
