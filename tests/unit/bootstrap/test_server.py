"""The site's own server on this computer: it answers, does beside its readers what it was given, and ends when it is told to."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

PATIENCE = 60
SERVE = """
import sys
from ayni.site.server import serve
sys.exit(serve(int(sys.argv[1]), "tests.factories.answering:application", then=(sys.executable, "-c", sys.argv[2])))
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(there) -> bool:
    end = time.monotonic() + PATIENCE
    while not there() and time.monotonic() < end:
        time.sleep(0.1)
    return bool(there())


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_server_answers_works_beside_its_readers_and_ends_when_told(tmp_path, port, sign):
    done = tmp_path / "done"
    beside = f"import pathlib, time; pathlib.Path({str(done)!r}).write_text('begun'); time.sleep(600)"
    served = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port), beside], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert wait_for(done.exists), served.poll()
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"answered"
        served.send_signal(sign)
        out, _ = served.communicate(timeout=PATIENCE)
    finally:
        served.kill()
    assert served.returncode == 0 and f"http://127.0.0.1:{port}/" in out
    assert wait_for(lambda: not beside_is_running(str(done)))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def beside_is_running(mark: str) -> bool:
    """Whether some process still bears the mark in its command line."""
    lines = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists())
    return any(mark.encode() in line and b"time.sleep(600)" in line for line in lines)
