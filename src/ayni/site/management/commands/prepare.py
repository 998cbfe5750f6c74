"""Makes a data folder ready: tables, cache, static files, countries. Runs again without harm."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ayni.directory.actions.countries import load_countries


class Command(BaseCommand):
    help = "Prepare the data folder: tables, static files and reference data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="leave the demonstration out")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("Preparing the database…")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.stderr.write("Gathering static files…")
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stderr.write("Loading the countries…")
        load_countries(by=None)
