"""`./ayni solve KIND --input FILE`: matches, missions, portfolios and timetables for analysts; JSON in, JSON out, nothing kept."""

import contextlib
import json
import math
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.common.i18n import LANGUAGES
from ayni.exchange.formats.solve_input import InputFault
from ayni.exchange.queries import matching, solving

KINDS: dict[str, Callable[..., dict[str, Any]]] = {
    "match": matching.solve_match,
    "mission": solving.solve_mission,
    "portfolio": solving.solve_portfolio,
    "timetable": solving.solve_timetable,
}
# What invalid input ends with; 1 is for everything else.
INVALID = 2


class Command(BaseCommand):
    help = (
        "Solves a match, a mission, a portfolio or a timetable: ./ayni solve mission --input FILE (docs/howto/solve.md)"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument(
            "--input", required=True, metavar="FILE", help="JSON as in data/schemas; - reads standard input"
        )
        parser.add_argument("--time-limit", type=_seconds, default=60.0, metavar="S", help="seconds at most (60)")
        parser.add_argument(
            "--lang", choices=LANGUAGES, default="es", help="the language of the sentences of match (es)"
        )
        parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed, the same answer (0)")

    def handle(self, *args: Any, **options: Any) -> None:
        text = _text(options["input"])
        try:
            with _solver_speaks_aside(), override(options["lang"]):
                found = KINDS[options["kind"]](text, time_limit=options["time_limit"], seed=options["seed"])
        except InputFault as fault:
            raise CommandError(str(fault), returncode=INVALID) from None
        self.stdout.write(json.dumps(found, ensure_ascii=False))


@contextlib.contextmanager
def _solver_speaks_aside() -> Iterator[None]:
    """HiGHS greets on the process's standard output, whatever its options say; the answer stands there alone."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except OSError as error:
        reason = {"file": name, "reason": error.strerror}
        raise CommandError(_("%(file)s cannot be read: %(reason)s.") % reason, returncode=INVALID) from error
    except UnicodeDecodeError:
        raise CommandError(_("%(file)s is not text in UTF-8.") % {"file": name}, returncode=INVALID) from None


def _seconds(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 < found < math.inf:
        raise ArgumentTypeError(_("a number of seconds above 0 is expected"))
    return found
