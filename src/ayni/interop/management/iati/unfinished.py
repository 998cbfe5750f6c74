"""What was found in a file so far, on the disk: a validation that was killed goes on where it was."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from django.core.files import locks

from ayni.iati.findings import Finding, Severity
from ayni.iati.validate import Judges, Reached
from ayni.interop.actions.import_file import checksum

STALE = 2 * 86_400
"""Seconds after which nobody comes back to a validation that was broken off: its day is another."""
FOUND, REACHED = "findings.jsonl", "reached.json"


class Unfinished:
    """The findings of one file by one set of judges, in a folder of its own below ``folder``, which goes when the file is finished.

    Who comes while another process judges the same file begins at its beginning, in a folder beside. Raises OSError.
    """

    def __init__(self, folder: Path, path: Path, judges: Judges) -> None:
        _sweep(folder)
        self._home = folder / _key(path, judges)
        self._found = self._opened()
        self.begin = self._last()

    def __enter__(self) -> "Unfinished":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        """What was broken off by an error stays for the next time."""
        if kind is None:
            shutil.rmtree(self._home, ignore_errors=True)
        self._found.close()

    def take(self, finding: Finding) -> None:
        """One finding more."""
        self._found.write(json.dumps(asdict(finding), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")

    def reached(self, reached: Reached) -> None:
        """All until there is found: written in one step."""
        self._found.flush()
        part = self._home / f"{REACHED}.part"
        part.write_text(json.dumps({"size": self._found.tell(), **asdict(reached)}), encoding="utf-8")
        part.replace(self._home / REACHED)

    def findings(self) -> Iterator[Finding]:
        """All that was taken, in order."""
        self._found.flush()
        self._found.seek(0)
        for line in self._found:
            told = json.loads(line.decode("utf-8", "surrogatepass"))
            yield Finding(**{**told, "severity": Severity(told["severity"])})

    def _opened(self) -> BinaryIO:
        home = self._home
        for number in range(1, 100):
            home.mkdir(parents=True, exist_ok=True)
            found = (home / FOUND).open("a+b")
            if locks.lock(found, locks.LOCK_EX | locks.LOCK_NB):
                self._home = home
                return found
            found.close()
            home = self._home.with_name(f"{self._home.name}-{number}")
        raise BlockingIOError(f"{self._home}: judged by too many at once")

    def _last(self) -> Reached | None:
        """Where to go on; what was found after that is found again."""
        try:
            told = json.loads((self._home / REACHED).read_text(encoding="utf-8"))
            self._found.truncate(told.pop("size"))
            return Reached(**{**told, "against": tuple(Severity(one) for one in told["against"])})
        except (OSError, ValueError, KeyError, TypeError):
            self._found.truncate(0)
            return None


def _key(path: Path, judges: Judges) -> str:
    """What the findings depend on: the file, the day, and the administrator's lists as they are."""
    lists = sorted(judges.folder.iterdir()) if judges.folder else []
    about = [(one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in lists]
    try:
        content = checksum(path)
    except OSError:  # Its one finding is soon found again.
        content = str(path)
    return hashlib.sha256(repr((content, judges.today, about)).encode("utf-8", "surrogateescape")).hexdigest()


def _sweep(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for home in folder.iterdir():
        if time.time() - home.stat().st_mtime > STALE:
            shutil.rmtree(home, ignore_errors=True)
