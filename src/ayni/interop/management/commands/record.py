"""``./ayni record import FILE --profile CODE [--json]``: a national spreadsheet goes in (docs/howto/national-records.md)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ayni.common.columns import VersionStatus
from ayni.common.errors import Refused
from ayni.interop.actions.national.load import load_national
from ayni.interop.models import RecordProfile, SourceFile
from ayni.interop.queries.national.reading import rows_of
from ayni.interop.queries.preview import Preview, preview_reads


class Command(BaseCommand):
    help = "Imports a national spreadsheet by the profile of its shape (docs/howto/national-records.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subparsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        importing = subparsers.add_parser("import", help="a file goes in, whole or not at all")
        importing.add_argument("file", type=Path, metavar="FILE")
        importing.add_argument(
            "--profile", required=True, metavar="CODE", help="the profile in force that fits the file"
        )
        importing.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        importing.add_argument("--licence", default="", help="under what licence the file is published")
        importing.add_argument("--address", default="", help="where the file can be found again")
        importing.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        profile = RecordProfile.objects.filter(code=options["profile"], status=VersionStatus.CURRENT).first()
        if profile is None:
            raise CommandError(_("No profile “%(code)s” is in force.") % {"code": options["profile"]})
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(_("%(file)s is not a file that can be read.") % {"file": path}) from error
        try:
            shown = preview_reads(rows_of(profile, data, path.name))
            loaded = None
            if not options["dry_run"]:
                told = {name: options[name] for name in ("licence", "address")}
                loaded = load_national(by=None, profile=profile, data=data, name=path.name, seen=shown.digest, **told)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_as_json(path, profile, shown, loaded) if options["json"] else _in_words(path, shown))


def _as_json(path: Path, profile: RecordProfile, shown: Preview, loaded: SourceFile | None) -> str:
    lines = [
        {
            "line": line.line,
            "state": line.state,
            "identifier": line.identifier,
            "findings": [{"line": one.line, "message": one.text, "remedy": one.remedy} for one in line.advice],
        }
        for line in shown.lines
        if line.advice
    ]
    about = [{"message": one.text, "remedy": one.remedy} for one in shown.about_the_file]
    told = {"file": path.name, "profile": profile.name, **shown.counts, "written": loaded is not None}
    return json.dumps({**told, "about": about, "lines": lines}, ensure_ascii=False)


def _in_words(path: Path, shown: Preview) -> str:
    counts = {"name": path.name, **shown.counts}
    told = _(
        "%(name)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused; %(doubtful)d doubtful"
    )
    lines = [
        _("Line %(line)d:") % {"line": line.line} + f" {one.text} {one.remedy}"
        for line in shown.lines
        for one in line.advice
    ]
    return "\n".join([told % counts, *lines])
