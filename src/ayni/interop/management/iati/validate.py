"""``./ayni iati validate FILE... [--json]``: what is found in files of the standard, nothing written."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.iati.findings import Finding, Severity
from ayni.iati.validate import Judges, Verdict, validate
from ayni.interop.formats.findings.telling import remedy, said
from ayni.interop.management.iati.progress import progress

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
        with progress(path.name) as moved:
            verdict = validate(path, judges, processes=options["processes"], progress=moved)
        with override(options["lang"]):
            command.stdout.write(
                json.dumps(as_json(verdict), ensure_ascii=False) if options["json"] else "\n".join(in_words(verdict))
            )
        good = good and verdict.valid(Severity.SCHEMA)
    return 0 if good else 1


def codelists() -> Path | None:
    """The administrator's folder of code lists. Raises CommandError when it is named and not there."""
    named = settings.IATI_CODELISTS
    if named and not Path(named).is_dir():
        raise CommandError(
            _("The folder of code lists %(folder)s is not there: correct AYNI_IATI_CODELISTS.") % {"folder": named}
        )
    return Path(named) if named else None


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the program speaks to other programs, its sentences in the active language."""
    return {
        "file": verdict.file,
        "version": verdict.version,
        "activities": verdict.activities,
        "organisations": verdict.organisations,
        "schema_valid": verdict.valid(Severity.SCHEMA),
        "codelists_valid": verdict.valid(Severity.CODELIST),
        "rulesets_valid": verdict.valid(Severity.RULESET),
        "findings": [_finding(each) for each in verdict.findings],
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


def in_words(verdict: Verdict) -> list[str]:
    """The verdict for a person at a terminal."""
    lines = [
        _("%(file)s: version %(version)s, %(activities)d activities, %(organisations)d organisations")
        % {
            "file": verdict.file,
            "version": verdict.version or "?",
            "activities": verdict.activities,
            "organisations": verdict.organisations,
        }
    ]
    names = {
        Severity.READ: _("Reading"),
        Severity.SCHEMA: _("Schema"),
        Severity.CODELIST: _("Code lists"),
        Severity.RULESET: _("Rules"),
    }
    for severity, name in names.items():
        found = [each for each in verdict.findings if each.severity is severity]
        lines.append(f"  {name}: {len(found)}")
        for each in found[:SHOWN]:
            lines.append(f"    {each.line}: {each.identifier} {each.path}")
            lines.append(f"      {said(each)} {remedy(each)}")
        if len(found) > SHOWN:
            lines.append("    " + _("and %(number)d more; --json shows them all") % {"number": len(found) - SHOWN})
    return lines
