"""`./ayni load_programmes FILE [--apply] [--json]`: what a file of programmes would change; with --apply it goes in, whole."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES
from ayni.directory.actions.programme_file import load_programmes
from ayni.directory.queries.programmes.plan import LoadPlan, plan_load


class Command(BaseCommand):
    help = "Loads programmes from XLSX or CSV after a dry run (docs/howto/programmes.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a workbook or a CSV file of programmes")
        parser.add_argument("--apply", action="store_true", help="write it; without, only what it would change is told")
        parser.add_argument("--json", action="store_true", help="everything as JSON on standard output")
        parser.add_argument("--lang", choices=LANGUAGES, default="es", help="the language of the sentences (es)")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["lang"]):
            data = _data(options["file"])
            plan = plan_load(data, by=None, name=options["file"].name)
            applied = bool(options["apply"] and plan.changes and not plan.refused)
            if applied:
                load_programmes(by=None, data=data, name=options["file"].name, seen=plan.digest)
            if options["json"]:
                self.stdout.write(json.dumps(_told(plan, applied), ensure_ascii=False))
            else:
                self._tell(plan, applied)
            if plan.refused:
                raise Refused(_("The file cannot be loaded as it is. Nothing was written."))

    def _tell(self, plan: LoadPlan, applied: bool) -> None:
        for sheet, counts in plan.counts.items():
            numbers = "  ".join(f"{state} {number}" for state, number in counts.items())
            self.stdout.write(f"{sheet:<12}{numbers}")
        for note in plan.notes:
            self.stdout.write(note)
        for sheet, line in plan.refused:
            self.stdout.write(f"{sheet} {line.number}: {line.what}: {line.reason}")
        if applied:
            self.stdout.write(_("The file is loaded."))
        elif not plan.changes:
            self.stdout.write(_("The file changes nothing."))
        elif not plan.refused:
            self.stdout.write(_("This was a dry run: repeat the command with --apply to load the file."))


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(_("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}) from error


def _told(plan: LoadPlan, applied: bool) -> dict[str, Any]:
    return {
        "applied": applied,
        "profile": plan.profile,
        "counts": plan.counts,
        "notes": list(plan.notes),
        "lines": {sheet: [asdict(line) for line in lines] for sheet, lines in plan.lines.items() if lines},
    }
