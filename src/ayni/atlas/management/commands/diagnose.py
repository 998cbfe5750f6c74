"""`./ayni diagnose EDITION`: an edition of the diagnosis on standard output or in a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ayni.atlas.reports.files import FORMATS, edition_file
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES, text_in
from ayni.surveys.models import DiagnosisEdition


class Command(BaseCommand):
    help = "Writes an edition of the diagnosis: ./ayni diagnose oas-2010 --format pdf --lang es -o diagnosis.pdf"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", nargs="?", help="the edition's code, for example oas-2010; none: list them")
        parser.add_argument("--format", choices=list(FORMATS), default="json", help="json holds every language at once")
        parser.add_argument("--lang", choices=LANGUAGES, default="es", help="the language of the report (es)")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE (standard output)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["edition"] is None:
            return self._list()
        edition = _edition(options["edition"])
        chosen, target = FORMATS[options["format"]], options["output"]
        if target is not None:
            _check(target)
        elif chosen.binary and self.stdout.isatty():
            raise Refused(
                _("A %(format)s file is not text: name a file with -o, for example -o %(name)s.")
                % {"format": options["format"], "name": f"{edition.code}-{options['lang']}.{options['format']}"}
            )
        self._write(edition_file(edition, options["lang"], options["format"]), target)

    def _list(self) -> None:
        for edition in DiagnosisEdition.objects.defer("content"):
            self.stdout.write(f"{edition.code}\t{edition.get_status_display()}\t{text_in(edition.title)}")

    def _write(self, body: bytes, target: Path | None) -> None:
        if target is None:
            stream = getattr(self.stdout, "buffer", None)
            if stream is None:
                self.stdout.write(body.decode(), ending="")
            else:
                stream.write(body)
                stream.flush()
            return
        try:
            target.write_bytes(body)
        except OSError as error:
            raise Refused(
                _("%(file)s cannot be written: %(reason)s.") % {"file": target, "reason": error.strerror}
            ) from error
        self.stderr.write(_("Written: %(file)s (%(size)d KB)") % {"file": target, "size": -(-len(body) // 1000)})


def _edition(code: str) -> DiagnosisEdition:
    try:
        return DiagnosisEdition.objects.select_related("round__version__instrument", "previous").get(code=code)
    except DiagnosisEdition.DoesNotExist:
        known = ", ".join(DiagnosisEdition.objects.values_list("code", flat=True)) or "–"
        raise Refused(
            _("There is no edition %(code)s. There are: %(known)s.") % {"code": code, "known": known}
        ) from None


def _check(target: Path) -> None:
    """Refuse before any work what cannot be written. Raises Refused."""
    if target.is_dir():
        raise Refused(_("%(file)s is a folder: name a file in it.") % {"file": target})
    if not target.parent.is_dir():
        raise Refused(_("The folder %(folder)s does not exist: make it first.") % {"folder": target.parent})
