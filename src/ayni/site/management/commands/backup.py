"""`./ayni backup [-o FILE]`: everything in one checked file."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ayni.site.archive import transfer


class Command(BaseCommand):
    help = "Writes the database and the uploaded files to one file (docs/howto/backup.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("-o", "--output", type=Path, help="the file to write; it must not exist yet")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["output"] or Path(f"ayni-{datetime.now():%Y%m%d-%H%M%S}.zip")
        steps = self.stderr.write if options["verbosity"] > 1 else lambda step: None
        transfer.backup(path, steps)
        facts = {"path": path, "size": max(1, path.stat().st_size // 1024)}
        self.stdout.write(_("Backup written and checked: %(path)s (%(size)d KB)") % facts)
