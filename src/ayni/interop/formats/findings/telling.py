"""A finding in words. The engine gives a key and values; the templates are English and translated where they are shown."""

from django.utils.translation import gettext

from ayni.iati.findings import Finding
from ayni.interop.formats.findings import judges, reading, rules
from ayni.interop.formats.findings.sentence import Sentence
from ayni.interop.formats.national import said as rows

SENTENCES: dict[str, Sentence] = {**reading.SENTENCES, **judges.SENTENCES, **rules.SENTENCES, **rows.SENTENCES}


def said(finding: Finding) -> str:
    """What was found, in the active language."""
    return gettext(SENTENCES[finding.key][0]) % finding.parameters


def remedy(finding: Finding) -> str:
    """What to do about it, in the active language."""
    return gettext(SENTENCES[finding.key][1]) % finding.parameters
