"""Runs the site on this computer until it is told to stop: `python -m ayni.site.server PORT`.

Production starts granian itself (docs/howto/deploy.md); this is what `./ayni up` ends in.
"""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import time

ADDRESS = "127.0.0.1"
# Two processes are what SQLite gains from; each answers two requests at a time and queues the others.
OPTIONS = (
    *("--interface=wsgi", "--no-ws", "--log-level=error", f"--host={ADDRESS}"),
    *("--workers=2", "--blocking-threads=2", "--backpressure=64"),
)
# On Linux granian ends with its parent, even a killed one (1 is PR_SET_PDEATHSIG): no port stays taken.
GRANIAN = """
import ctypes, runpy, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 15)
runpy.run_module("granian", run_name="__main__")
"""
MANAGE = (sys.executable, "-P", "-m", "ayni.site")
# Read while the server starts.
ACCOUNTS = (*MANAGE, "demo_accounts")
# What a server does at night: a computer that is shut by then does it beside its first readers, after whom it stands back.
COMPARE = (*MANAGE, "link")
PATIENCE = 10


def serve(port: int, application: str = "ayni.site.wsgi:application", *, then: tuple[str, ...] = ()) -> int:
    """Serve `application` until SIGINT, SIGTERM or SIGHUP, and run the command `then` behind the first readers' backs.

    Returns the exit code: 0 when told to stop.
    """
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.default_int_handler)
    command = [sys.executable, "-P", "-c", GRANIAN, *OPTIONS, f"--port={port}", application]
    server = subprocess.Popen(command, start_new_session=True)
    beside = [accounts := subprocess.Popen(ACCOUNTS, stdout=subprocess.PIPE, text=True)]
    try:
        wait_until_it_answers(server, port)
        if server.poll() is None:
            known, _ = accounts.communicate()
            print(f"\n{known}\nAyni: http://{ADDRESS}:{port}/\nCtrl-C stops it / Ctrl-C lo detiene", flush=True)
            if then:
                beside.append(behind(then))
        return 1 if server.wait() else 0
    except KeyboardInterrupt:
        print("\nStopped / Detenido", file=sys.stderr, flush=True)
        return 0
    finally:
        for process in beside:
            process.kill()
        end(server)


def behind(command: tuple[str, ...]) -> "subprocess.Popen[str]":
    """A command that gives way to the readers; what goes wrong with it is said on the terminal."""
    nice = ("nice",) if shutil.which("nice") else ()
    return subprocess.Popen((*nice, *command), stdout=subprocess.DEVNULL, text=True, start_new_session=True)


def wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when a page was answered, with whatever status, or when the server is gone."""
    while server.poll() is None:
        connection = http.client.HTTPConnection(ADDRESS, port, timeout=30)
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()


def end(server: "subprocess.Popen[bytes]") -> None:
    """Ask the server to stop; end its whole group when it does not, or when its main process left workers."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    server.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(timeout=PATIENCE)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(serve(int(sys.argv[1]), then=COMPARE))
