"""writes the public records of an institution (or of all) as a file of version 2.03, or both its files into a folder"""

import os
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
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="standard output without; a folder that is there takes both files",
    )
    parser.add_argument("--organisation", action="store_true", help="the organisation file instead of the activities")


def run(command: BaseCommand, options: dict[str, Any]) -> int:
    """Write the file, or both."""
    rows = with_names(Institution.objects.all())
    if options["institution"]:
        rows = rows.filter(code=options["institution"])
        if not rows:
            raise CommandError(_("There is no institution %(code)s.") % {"code": options["institution"]})
    activities = (one for row in rows for one in activities_of(row))
    organisations = (organisation_of(row) for row in rows)
    output: Path | None = options["output"]
    if output is not None and output.is_dir():
        _into(output / "activities.xml", activities)
        _into(output / "organisation.xml", organisations)
        return 0
    wanted: Any = organisations if options["organisation"] else activities
    if output is None:
        write(wanted, sys.stdout.buffer)
    else:
        _into(output, wanted)
    return 0


def _into(target: Path, records: Any) -> None:
    """The whole file or what stood there before; into a pipe or a device as it comes. Raises CommandError."""
    place = target.resolve()
    plain = place.is_file() or not place.exists()
    part = place.with_name(f".{place.name}.{os.getpid()}.part") if plain else place
    try:
        with part.open("wb") as stream:
            write(records, stream)
        part.replace(place)
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be written: %(reason)s.") % {"file": target, "reason": error.strerror}
        ) from error
    finally:
        if plain:
            part.unlink(missing_ok=True)
