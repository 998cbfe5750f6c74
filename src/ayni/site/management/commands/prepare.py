"""Makes a data folder ready: tables, static files, reference data and (if wanted) the demonstration. Harmless again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ayni.atlas.figures.bundle import write_bundle
from ayni.directory.actions.countries import load_countries
from ayni.directory.actions.regions import load_regions
from ayni.directory.actions.vocabularies import load_vocabularies
from ayni.exchange.actions.demo_exchange_round import load_demo_exchange_rounds
from ayni.exchange.actions.demonstration import load_exchange
from ayni.exchange.actions.matching import load_rules
from ayni.exchange.actions.matrix import load_matrix
from ayni.exchange.actions.rounds.criteria import load_criteria
from ayni.registry.actions.demo_results import load_results
from ayni.registry.actions.demo_declarations import load_declarations
from ayni.registry.actions.demo_initiatives import load_initiatives
from ayni.registry.actions.demonstration import load_agreements
from ayni.registry.actions.signing_rules import load_signing_rules
from ayni.surveys.actions.demonstration import PASSWORD, load_demonstration
from ayni.surveys.actions.instruments import load_instruments


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
        load_countries(by=None)
        load_regions(by=None)
        load_vocabularies(by=None)
        load_matrix(by=None)
        load_criteria(by=None)
        load_instruments(by=None)
        load_rules(by=None)
        if not options["no_demo"]:
            self.stderr.write("The 2010 diagnosis and its demonstration / El diagnóstico de 2010 y su demostración …")
            load_demonstration(by=None)
            load_demo_exchange_rounds(by=None)
            load_exchange(by=None, password=PASSWORD)
            load_signing_rules(by=None)
            load_agreements(by=None)
            load_results(by=None)
            load_declarations(by=None)
            load_initiatives(by=None)
