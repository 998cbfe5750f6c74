"""``./ayni iati validate FILE... [--json]``: what is found in files of the standard, no record written."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
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
from ayni.interop.management.iati.unfinished import Unfinished

SHOWN = 20
"""Findings of one kind that are shown on the terminal; ``--json`` gives them all."""


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
        try:
            good = _told(command, path, judges, options) and good
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s.") % {"file": error.filename, "reason": error.strerror}
            ) from error
    return 0 if good else 1


def _told(command: BaseCommand, path: Path, judges: Judges, options: dict[str, Any]) -> bool:
    """Judge one file and tell of it; whether the schema has nothing against it. Raises OSError."""
    with override(options["lang"]), Unfinished(settings.DATA_FOLDER / "validating", path, judges) as found:
        with progress(path.name) as moved:
            verdict = validate(
                path,
                judges,
                processes=options["processes"],
                progress=moved,
                take=found.take,
                begin=found.begin,
                reached=found.reached,
            )
        write = _as_json if options["json"] else _in_words
        write(command.stdout, verdict, found.findings())
    return verdict.valid(Severity.SCHEMA)


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


def _as_json(out: OutputWrapper, verdict: Verdict, findings: Iterator[Finding]) -> None:
    """One JSON object on a line, for other programs."""
    out.write(json.dumps(_head(verdict), ensure_ascii=False)[:-1] + ', "findings": [', ending="")
    for number, finding in enumerate(findings):
        out.write((", " if number else "") + json.dumps(_finding(finding), ensure_ascii=False), ending="")
    out.write("]}")


def _in_words(out: OutputWrapper, verdict: Verdict, findings: Iterator[Finding]) -> None:
    """For a person at a terminal: how many of each kind, and the first of them."""
    counts: Counter[Severity] = Counter()
    shown: dict[Severity, list[str]] = {severity: [] for severity in Severity}
    for finding in findings:
        counts[finding.severity] += 1
        if counts[finding.severity] <= SHOWN:
            shown[finding.severity] += [
                f"    {finding.line}: {finding.identifier} {finding.path}",
                f"      {said(finding)} {remedy(finding)}",
            ]
    out.write(
        _("%(file)s: version %(version)s, %(activities)d activities, %(organisations)d organisations")
        % {
            "file": verdict.file,
            "version": verdict.version or "?",
            "activities": verdict.activities,
            "organisations": verdict.organisations,
        }
    )
    names = {
        Severity.READ: _("Reading"),
        Severity.SCHEMA: _("Schema"),
        Severity.CODELIST: _("Code lists"),
        Severity.RULESET: _("Rules"),
    }
    for severity, name in names.items():
        out.write("\n".join([f"  {name}: {counts[severity]}", *shown[severity]]))
        if counts[severity] > SHOWN:
            out.write("    " + _("and %(number)d more; --json shows them all") % {"number": counts[severity] - SHOWN})


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
