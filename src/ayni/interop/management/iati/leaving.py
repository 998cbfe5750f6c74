"""writes the public records of an institution (or of all) as one file of version 2.03"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ayni.directory.models import Institution
from ayni.iati.write import write
from ayni.interop.queries.export import activities_of, organisation_of, with_names


def add_arguments(parser: ArgumentParser) -> None:
    """Whose records, and where to."""
    parser.add_argument("institution", nargs="?", default="", help="its code, such as BR-MDS; all of them without")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="standard output without")
    parser.add_argument("--organisation", action="store_true", help="the organisation file instead of the activities")


def run(command: BaseCommand, options: dict[str, Any]) -> int:
    """Write the file."""
    rows = with_names(Institution.objects.all())
    if options["institution"]:
        rows = rows.filter(code=options["institution"])
        if not rows:
            raise CommandError(_("There is no institution %(code)s.") % {"code": options["institution"]})
    each = [organisation_of(one) for one in rows] if options["organisation"] else None
    records: Any = each if each is not None else (one for row in rows for one in activities_of(row))
    if options["output"] is None:
        write(records, sys.stdout.buffer)
        return 0
    target: Path = options["output"]
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as stream:
            write(records, stream)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(
            _("%(file)s cannot be written: %(reason)s.") % {"file": target, "reason": error.strerror}
        ) from error
    return 0
