"""Makes a data folder ready: tables, static files, reference data and (if wanted) the demonstration. Harmless again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ayni.atlas.actions.snapshot import write_snapshot
from ayni.atlas.figures.bundle import write_bundle
from ayni.site.content import load_demo, load_reference


class Command(BaseCommand):
    help = "Prepare the data folder: tables, static files, reference data and the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="leave the demonstration out")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("Database / Base de datos …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.stderr.write("Static files / Archivos estáticos …")
        write_bundle(settings.DATA_FOLDER / "generated")
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stderr.write(
            "Countries, regions, vocabularies, questionnaire / Países, regiones, vocabularios, cuestionario …"
        )
        load_reference()
        if not options["no_demo"]:
            self.stderr.write("The 2010 diagnosis and its demonstration / El diagnóstico de 2010 y su demostración …")
            load_demo()
        write_snapshot()
