"""Which of our languages each text of a form is in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES
from ayni.common.workbooks.findings import Finding, Severity
from ayni.surveys.formats.xlsform_sheets import Table
from ayni.surveys.formats.xlsform_terms import LANGUAGE_NAMES, language_of

QUOTED_ANSWER = re.compile(r"\$\{\s*([^}]*?)\s*\}")


@dataclass(frozen=True)
class Languages:
    """The instrument's default language, and for each language as the headers name it one of ours, or None: left out."""

    default: str
    meant: Mapping[str, str | None]

    def text(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Words by header language -> words by our language, quoted answers as "[name]".

        A text of the form without a language counts only where the default language says nothing of its own. Where there are
        words, but none in the default language, the nearest ones stand in for them.
        """
        known: dict[str, str] = {}
        for named, words in sorted(texts.items(), key=lambda item: not item[0]):
            language = self.default if not named else self.meant.get(named)
            if language:
                known.setdefault(language, QUOTED_ANSWER.sub(r"[\1]", words))
        if known and self.default not in known:
            known[self.default] = next(known[language] for language in LANGUAGES if language in known)
        return known


def languages_of(found: Iterable[Table], default_language: str, assumed: str) -> tuple[Languages, list[Finding]]:
    """How to read the languages of a form whose settings name `default_language` ("" for none).

    `assumed` is taken where nothing in the form says its language; the findings tell so.
    """
    sheets = list(found)
    named = tuple(dict.fromkeys(name for table in sheets for name in table.languages()))
    meant = {name: language_of(name) for name in named if name}
    default = _default(default_language, list(meant.values()), assumed)
    findings: list[Finding] = []
    if not any(meant.values()):
        default, findings = _unnamed(meant, default_language, default)
    for name in [name for name, language in meant.items() if language is None]:
        message = _("Texts in “%(name)s” are left out; the languages here are Spanish, Portuguese, English and French.")
        findings.append(Finding(message % {"name": name}, Severity.WARNING))
    return Languages(default, meant), findings


def _default(default_language: str, known: Sequence[str | None], assumed: str) -> str:
    stated = language_of(default_language) if default_language else None
    if stated and (stated in known or not any(known)):
        return stated
    return assumed if assumed in known else next((language for language in known if language), assumed)


def _unnamed(meant: dict[str, str | None], default_language: str, default: str) -> tuple[str, list[Finding]]:
    """No column is in one of our languages: the first one there is, or the texts without a language, become the default."""
    kept = next(iter(meant), "")
    if kept:
        meant[kept] = default
        message = _(
            "The form is in “%(name)s”. Its texts are kept as if they were in %(language)s; translate them after the import."
        )
    elif language_of(default_language):
        return default, []
    else:
        message = _("The form does not say its language; %(language)s is assumed.")
    return default, [Finding(message % {"name": kept, "language": LANGUAGE_NAMES[default]}, Severity.WARNING)]
