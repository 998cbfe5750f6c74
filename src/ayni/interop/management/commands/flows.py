"""`./ayni flows load FILE --format crs|dac2a|tossd|datastore [--json]`, `... list`, `... remove NAME`: others' files of flows."""

import json
import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES
from ayni.interop.actions.flows import Loaded, load_flows, prepare_flows, remove_flows
from ayni.interop.formats.flows.formats import FORMATS
from ayni.interop.formats.flows.options import Options
from ayni.interop.models import FlowFile

SHOWN = 20


class Command(BaseCommand):
    help = "Loads files of flows that others published (docs/howto/flows.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lang", choices=LANGUAGES, default="es", help="the language of the sentences (es)")
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="load files, or load them again")
        load.add_argument("files", nargs="+", type=Path, help="CSV, Parquet or JSON")
        load.add_argument("--format", choices=[*FORMATS], required=True)
        load.add_argument("--year", type=int, help="the year of a table that does not say it")
        load.add_argument("--currency", help="where the file names none: three letters")
        load.add_argument("--prices", help="current, or the year of constant prices")
        load.add_argument("--multiplier", type=int, choices=range(10), help="the values' power of ten: 6 for millions")
        load.add_argument("--json", action="store_true", help="one JSON object a file on standard output")
        verbs.add_parser("list", help="what is loaded")
        remove = verbs.add_parser("remove", help="take a file's rows out")
        remove.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["lang"]):
            {"load": self._load, "list": self._list, "remove": self._remove}[options["verb"]](options)

    def _load(self, options: dict[str, Any]) -> None:
        said = {name: options[name] for name in ("year", "currency", "prices", "multiplier")}
        if said["prices"] and not (
            said["prices"] == "current" or (said["prices"].isdecimal() and len(said["prices"]) == 4)
        ):
            raise Refused(_("--prices is “current” or a year of four figures."))
        refused = 0
        for path in options["files"]:
            try:
                self._tell(_load(path, options["format"], Options(**said, file_name=path.name)), options["json"])
            except (Refused, OSError) as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
        if refused < len(options["files"]) and not options["json"]:
            self.stdout.write(_("The atlas shows it after the next snapshot: ./ayni snapshot"))
        if refused:
            raise SystemExit(1)

    def _tell(self, loaded: Loaded, as_json: bool) -> None:
        file, report = loaded.file, loaded.file.report
        if as_json:
            told = {
                "file": file.name,
                "format": file.format,
                "state": loaded.state,
                "checksum": file.checksum,
                "rows": file.rows,
                "apart": report["apart"],
                "problems": file.problems,
                "sums": report["sums"],
                "gaps": report["gaps"],
                "findings": report["problems"],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{file}  {loaded.state}  {file.checksum[:12]}")
        for basis, sums in report["sums"].items():
            self.stdout.write(f"  {basis}: {sums['rows']:,.0f} → {sums['value']:,.0f}")
        for why, rows in report["apart"].items():
            self.stdout.write(f"  {REASONS[why]()}: {rows:,}")
        for name, gap in report["gaps"].items():
            self.stdout.write(
                _("  %(name)s: its sum holds %(gap)s that stand in no part.") % {"name": name, "gap": f"{gap:,.0f}"}
            )
        for found in report["problems"][:SHOWN]:
            self.stdout.write(f"  {found['line']} {found['column']}: {found['message']}")
        if file.problems:
            self.stdout.write(_("  Lines left out: %(number)d.") % {"number": file.problems})

    def _list(self, _options: dict[str, Any]) -> None:
        for file in FlowFile.objects.all():
            self.stdout.write(f"{file}  {file.rows:,}  {file.loaded_at:%Y-%m-%d %H:%M}  {file.checksum[:12]}")

    def _remove(self, options: dict[str, Any]) -> None:
        files = list(FlowFile.objects.filter(name=options["name"]))
        if len(files) != 1:
            raise Refused(_("There is no single file of that name. ./ayni flows list names them."))
        remove_flows(by=None, file=files[0])


def _load(path: Path, format: str, options: Options) -> Loaded:
    """Load one file with a bar on the terminal. Raises Refused, OSError."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:,.0f}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(path.name, total=None)
        advance = partial(_advance, bar, task)
        prepared = prepare_flows(path=path, format=format, options=options, progress=advance)
    return load_flows(by=None, prepared=prepared)


def _advance(bar: Progress, task: TaskID, rows: int) -> None:
    bar.update(task, completed=rows)


REASONS = {
    "aggregate": lambda: _("sums of other rows, kept apart"),
    "contribution": lambda: _("core contributions to organisations, kept apart"),
    "measure": lambda: _("the same money by another measure, kept apart"),
}
