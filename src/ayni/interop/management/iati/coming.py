"""puts activity and organisation files in; an import that was broken off goes on where it was"""

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
from ayni.interop.models import SourceFile, SourceKind

# The keys of the answer, and the counts of a file that they add up: `activities` of activity files alone, the others of every file.
COUNTS = {
    "new": "added",
    "changed": "changed",
    "unchanged": "unchanged",
    "failed": "failed",
    "transactions": "transactions",
    "results": "results",
}


def add_arguments(parser: ArgumentParser) -> None:
    """The files and what is told of them."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--sector", default="", help="only activities of OECD sectors that begin so, such as 160")
    parser.add_argument("--licence", default="", help="under what licence the files are published")
    parser.add_argument("--address", default="", help="where the file can be found again")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")


def run(command: BaseCommand, options: dict[str, Any]) -> int:
    """Import each file; a progress bar stands on standard error, the answer on standard output."""
    files: list[Path] = options["files"]
    for path in files:
        if not path.is_file():
            raise CommandError(_("%(file)s is not a file that can be read.") % {"file": path})
    done: list[SourceFile] = []
    with _bar(files) as tell:
        for path in files:
            importing = ImportOfFile(None, path, address=options["address"], licence=options["licence"])
            done.append(importing.run(sector=options["sector"], progress=partial(tell, len(done))))
            tell(len(done), done[-1].position)
    activities = sum(file.seen for file in done if file.kind != SourceKind.IATI_ORGANISATIONS)
    told = {"files": len(done), "activities": activities}
    told |= {name: sum(getattr(file, column) for file in done) for name, column in COUNTS.items()}
    command.stdout.write(json.dumps(told) if options["json"] else "\n".join(_in_words(done, told)))
    return 0


def _in_words(done: list[SourceFile], told: dict[str, int]) -> Iterator[str]:
    for file in done:
        about = {"name": file.name, "state": file.get_state_display(), "findings": file.findings_in_all}
        yield _("%(name)s: %(state)s; %(findings)d findings") % about
    yield (
        _(
            "%(files)d files, %(activities)d activities, %(organisations)d organisations: %(new)d new, %(changed)d changed, "
            "%(unchanged)d unchanged, %(failed)d refused; %(transactions)d transactions, %(results)d results"
        )
        % {**told, "organisations": sum(file.seen for file in done) - told["activities"]}
    )


@contextmanager
def _bar(files: list[Path]) -> Iterator[Callable[[int, int], None]]:
    """A line that moves on the terminal, nothing elsewhere: told how many files are done, and records read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task("", total=len(files))

        def tell(done: int, records: int) -> None:
            name = files[min(done, len(files) - 1)].name
            shown.update(task, description=f"{name}: {records}", completed=done)

        yield tell
