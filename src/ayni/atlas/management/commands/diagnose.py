"""`./ayni diagnose EDITION`: an edition of the diagnosis on standard output."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.surveys.models import DiagnosisEdition
from ayni.surveys.queries.content.assemble import canonical, edition_content


class Command(BaseCommand):
    help = "Writes an edition of the diagnosis: ./ayni diagnose oas-2010 --format json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", help="the edition's code, for example oas-2010")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = DiagnosisEdition.objects.get(code=options["edition"])
        except DiagnosisEdition.DoesNotExist:
            known = ", ".join(DiagnosisEdition.objects.values_list("code", flat=True)) or "–"
            raise Refused(
                _("There is no edition %(code)s. There are: %(known)s.") % {"code": options["edition"], "known": known}
            ) from None
        self.stdout.write(canonical(edition_content(edition)))
