"""`./ayni restore FILE [--yes]`: puts a backup in the place of everything there is."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.site.archive import container, transfer


class Command(BaseCommand):
    help = "Replaces the database and the uploaded files by those of a backup, after checking all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that ./ayni backup wrote")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["file"]
        steps = self.stderr.write if options["verbosity"] > 1 else lambda step: None
        with container.opened(path) as archive:
            transfer.require_fitting(archive)
            self.stdout.write(
                _("Backup of %(created)s, Ayni %(ayni)s, %(files)d files: whole and undamaged.")
                % {**archive.facts, "files": len(archive.uploads)}
            )
            if not options["yes"]:
                _agree()
            rows = transfer.restore(archive, path.name, steps)
        self.stdout.write(_("Restored: %(rows)d records. Everybody signs in again.") % {"rows": rows})


def _agree() -> None:
    if not sys.stdin.isatty():
        raise Refused(_("Restoring replaces everything there is: repeat the command with --yes."))
    answer = input(_("It replaces everything there is. Type RESTORE to go on: "))
    if answer.strip() != "RESTORE":
        raise Refused(_("Nothing was changed."))
