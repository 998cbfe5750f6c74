"""``./ayni iati validate FILE... [--json]``: what is found in files of the standard, nothing written."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.iati.findings import Finding, Severity
from ayni.iati.ruling import standard
from ayni.iati.validate import Judges, Verdict, validate
from ayni.interop.formats.findings.telling import remedy, said
from ayni.interop.management.iati.progress import progress

SHOWN = 20
"""Findings of one kind that are shown on the terminal; ``--json`` gives them all."""
SPOOL = 8 << 20
"""Bytes of findings that are held in memory."""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="activity or organisation files, XML")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each file, with every finding")
    languages = [code for code, _name in settings.LANGUAGES]
    parser.add_argument("--lang", choices=languages, default="en", help="the language of the sentences (en)")
    parser.add_argument("--processes", type=int, default=None, help="how many processes to use (all cores)")


def run(command: BaseCommand, options: dict[str, Any]) -> int:
    """1 when a file cannot be read whole or the schema has something against it, else 0: lists and rules never decide alone."""
    judges = Judges(today=date.today(), folder=codelists())
    good = True
    for path in options["files"]:
        told = Told(as_json=options["json"])
        with override(options["lang"]), told:
            with progress(path.name) as moved:
                verdict = validate(path, judges, processes=options["processes"], progress=moved, take=told.take)
            told.write(command.stdout, verdict)
        good = good and verdict.valid(Severity.SCHEMA)
    return 0 if good else 1


def codelists() -> Path | None:
    """The administrator's folder of code lists. Raises CommandError when it is named and not there, or its ruleset cannot be judged by."""
    named = settings.IATI_CODELISTS
    if named and not Path(named).is_dir():
        raise CommandError(
            _("The folder of code lists %(folder)s is not there: correct AYNI_IATI_CODELISTS.") % {"folder": named}
        )
    folder = Path(named) if named else None
    try:
        standard(folder)
    except ValueError as error:
        raise CommandError(str(error)) from error
    return folder


class Told:
    """The findings of a file in the active language, as they come: of a long file they lie in a temporary file, not in memory."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._counts: Counter[Severity] = Counter()
        self._shown: dict[Severity, list[str]] = {severity: [] for severity in Severity}
        self._lines = SpooledTemporaryFile(SPOOL, "w+", encoding="utf-8", newline="\n")

    def __enter__(self) -> "Told":
        return self

    def __exit__(self, *_error: object) -> None:
        self._lines.close()

    def take(self, finding: Finding) -> None:
        """One finding more."""
        self._counts[finding.severity] += 1
        if self._as_json:
            self._lines.write(json.dumps(_finding(finding), ensure_ascii=False) + "\n")
        elif len(shown := self._shown[finding.severity]) < 2 * SHOWN:
            shown += [
                f"    {finding.line}: {finding.identifier} {finding.path}",
                f"      {said(finding)} {remedy(finding)}",
            ]

    def write(self, out: OutputWrapper, verdict: Verdict) -> None:
        """The verdict: for a person at a terminal, or one JSON object on a line for other programs."""
        if self._as_json:
            out.write(json.dumps(_head(verdict), ensure_ascii=False)[:-1] + ', "findings": [', ending="")
            self._lines.seek(0)
            for number, line in enumerate(self._lines):
                out.write((", " if number else "") + line.rstrip("\n"), ending="")
            out.write("]}")
        else:
            out.write("\n".join(self._in_words(verdict)))

    def _in_words(self, verdict: Verdict) -> Iterator[str]:
        yield _("%(file)s: version %(version)s, %(activities)d activities, %(organisations)d organisations") % {
            "file": verdict.file,
            "version": verdict.version or "?",
            "activities": verdict.activities,
            "organisations": verdict.organisations,
        }
        names = {
            Severity.READ: _("Reading"),
            Severity.SCHEMA: _("Schema"),
            Severity.CODELIST: _("Code lists"),
            Severity.RULESET: _("Rules"),
        }
        for severity, name in names.items():
            number = self._counts[severity]
            yield f"  {name}: {number}"
            yield from self._shown[severity]
            if number > SHOWN:
                yield "    " + _("and %(number)d more; --json shows them all") % {"number": number - SHOWN}


def _head(verdict: Verdict) -> dict[str, Any]:
    return {
        "file": verdict.file,
        "version": verdict.version,
        "activities": verdict.activities,
        "organisations": verdict.organisations,
        "schema_valid": verdict.valid(Severity.SCHEMA),
        "codelists_valid": verdict.valid(Severity.CODELIST),
        "rulesets_valid": verdict.valid(Severity.RULESET),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "identifier": finding.identifier,
        "path": finding.path,
        "line": finding.line,
        "message": said(finding),
        "advice": remedy(finding),
        "rule": finding.rule,
    }
