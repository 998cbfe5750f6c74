"""`./ayni snapshot [--json]`: the snapshot of all flows that the atlas answers from, made anew."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ayni.atlas.actions.snapshot import write_snapshot


class Command(BaseCommand):
    help = "Makes the snapshot of the registry and of all loaded flows (docs/howto/flows.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="what was made, as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        made = write_snapshot()
        told = {"checksum": made.checksum, "made": made.made, "rows": made.rows, "sources": len(made.sources)}
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(f"{made.rows:,}  {made.made}  {made.checksum}")
