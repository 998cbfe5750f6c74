"""`./ayni iati import|export`: files of the International Aid Transparency Initiative, in and out (docs/howto/iati.md)."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.models import SourceFile

# The keys of the answer, and the counts of a file that they add up.
COUNTS = {
    "activities": "seen",
    "new": "added",
    "changed": "changed",
    "unchanged": "unchanged",
    "failed": "failed",
    "transactions": "transactions",
    "results": "results",
}


class Command(BaseCommand):
    help = "Imports and exports IATI files: ./ayni iati import FILE … (docs/howto/iati.md)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        coming = ways.add_parser("import", help="put files in; what was broken off goes on where it was")
        coming.add_argument("files", nargs="+", type=Path, metavar="FILE")
        coming.add_argument("--sector", default="", help="only activities of OECD sectors that begin so, such as 160")
        coming.add_argument("--licence", default="", help="under what licence the files are published")
        coming.add_argument("--address", default="", help="where the file can be found again")
        coming.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        self._import(**options)

    def _import(self, files: list[Path], sector: str, licence: str, address: str, json: bool, **_rest: Any) -> None:
        for path in files:
            if not path.is_file():
                raise CommandError(_("%(file)s is not a file that can be read.") % {"file": path})
        done = []
        with _bar(files) as tell:
            for path in files:
                importing = ImportOfFile(None, path, address=address, licence=licence)
                done.append(importing.run(sector=sector, progress=partial(tell, len(done))))
                tell(len(done), done[-1].position)
        self._answer(done, json)

    def _answer(self, done: list[SourceFile], as_json: bool) -> None:
        told = {"files": len(done)}
        told |= {name: sum(getattr(file, column) for file in done) for name, column in COUNTS.items()}
        if as_json:
            self.stdout.write(json.dumps(told))
            return
        for file in done:
            self.stdout.write(
                _("%(name)s: %(state)s; %(findings)d findings")
                % {"name": file.name, "state": file.get_state_display(), "findings": file.findings_in_all}
            )
        self.stdout.write(
            _(
                "%(files)d files, %(activities)d activities: %(new)d new, %(changed)d changed, %(unchanged)d unchanged, "
                "%(failed)d refused; %(transactions)d transactions, %(results)d results"
            )
            % told
        )


@contextmanager
def _bar(files: list[Path]) -> Iterator[Callable[[int, int], None]]:
    """A line that moves on the terminal (standard error), nothing elsewhere: told how many files are done, and records read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task("", total=len(files))

        def tell(done: int, records: int) -> None:
            name = files[min(done, len(files) - 1)].name
            shown.update(task, description=f"{name}: {records}", completed=done)

        yield tell
