"""``./ayni iati SUBCOMMAND``: files of the International Aid Transparency Initiative's standard (docs/howto/iati.md)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ayni.interop.management.iati import coming, leaving, validate

SUBCOMMANDS = {"validate": validate, "import": coming, "export": leaving}


class Command(BaseCommand):
    help = "Validates, imports and exports files of the IATI standard (docs/howto/iati.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subparsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        for name, module in SUBCOMMANDS.items():
            module.add_arguments(subparsers.add_parser(name, help=module.__doc__))

    def handle(self, *args: Any, **options: Any) -> None:
        code = SUBCOMMANDS[options["subcommand"]].run(self, options)
        if code:
            raise SystemExit(code)
