"""A term as plain values, and a vocabulary as the rows of a CSV file (docs/howto/vocabularies.md)."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.delimited import csv_file, titled_rows, unguarded
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES
from ayni.common.sheets.lines import RowProblem
from ayni.directory.models import Concept

COLUMNS = (
    "code",
    "broader",
    *(f"label_{code}" for code in LANGUAGES),
    *(f"definition_{code}" for code in LANGUAGES),
    "source",
    "extra",
)
MOST_TERMS = 2_000
LONGEST_LABEL = 300


@dataclass(frozen=True)
class ConceptRow:
    """A term. `broader` is the code of the term above, or empty."""

    code: str
    label: Mapping[str, str]
    definition: Mapping[str, str] = field(default_factory=dict)
    broader: str = ""
    source: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    retired_on: date | None = None

    @classmethod
    def of(cls, concept: Concept) -> "ConceptRow":
        """The values of a stored term; reads `broader`."""
        return cls(
            code=concept.code,
            label=concept.label,
            definition=concept.definition,
            broader=concept.broader.code if concept.broader else "",
            source=concept.source,
            extra=concept.extra,
            retired_on=concept.retired_on,
        )

    def retired(self, on: date) -> "ConceptRow":
        """The same term, offered no longer."""
        return replace(self, retired_on=self.retired_on or on)


@dataclass(frozen=True)
class TermsRead:
    """The terms of a file with their line numbers, or what stands in the way."""

    rows: tuple[tuple[int, ConceptRow], ...]
    problems: tuple[RowProblem, ...]


def usable_scheme_code(code: str) -> bool:
    """Whether a vocabulary can have this code, which is also the name of a list in a workbook and a part of its address."""
    is_code = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", code) is not None
    return is_code and code != "new" and not code.lower().startswith("ayni_")


def usable_concept_code(code: str) -> bool:
    """Whether a term can have this code."""
    return bool(re.fullmatch(r"[A-Za-z0-9_-]{1,60}", code))


def fingerprint(row: ConceptRow) -> str:
    """Names a term's content: two that differ have different ones."""
    return hashlib.sha256(json.dumps(asdict(row), sort_keys=True, default=str).encode()).hexdigest()[:16]


def terms_from_csv(data: bytes) -> TermsRead:
    """The terms in a CSV file. Raises Refused when the file as a whole cannot be read: encoding, columns, too many rows."""
    labels = [f"label_{code}" for code in LANGUAGES]
    _header, lines = titled_rows(data, columns=COLUMNS, required=(("code",), labels), most=MOST_TERMS)
    read: list[tuple[int, ConceptRow]] = []
    problems: list[RowProblem] = []
    for line in lines:
        values = {name: unguarded(cell) for name, cell in line.values.items()}
        row, reason = _row(values, [known.code for _number, known in read])
        if row is None:
            problems.append(RowProblem(line.number, values.get("code", ""), reason))
        else:
            read.append((line.number, row))
    problems += _hierarchy(read)
    if not read and not problems:
        raise Refused(_("The file has no terms below its column titles."))
    return TermsRead(tuple(read), tuple(sorted(problems, key=lambda problem: problem.number)))


def _row(values: Mapping[str, str], taken: Sequence[str]) -> tuple[ConceptRow | None, str]:
    code = values.get("code", "")
    label = _texts(values, "label")
    reason = ""
    if not usable_concept_code(code):
        reason = _("The code has up to 60 letters without accents, numbers, hyphens and underscores.")
    elif code in taken:
        reason = _("The code stands twice in the file.")
    elif not label:
        reason = _("The term has no label in any language.")
    elif any(len(text) > LONGEST_LABEL for text in label.values()):
        reason = _("A label has more than %(limit)d characters.") % {"limit": LONGEST_LABEL}
    elif len(values.get("source", "")) > 200:
        reason = _("The source has more than 200 characters.")
    extra = _extra(values.get("extra", ""))
    if extra is None:
        reason = reason or _('The column “extra” holds an object of JSON, such as {"crs": "16010"}, or nothing.')
    if reason or extra is None:
        return None, reason
    row = ConceptRow(
        code, label, _texts(values, "definition"), values.get("broader", ""), values.get("source", ""), extra
    )
    return row, ""


def _texts(values: Mapping[str, str], stem: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := values.get(f"{stem}_{code}", ""))}


def _extra(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text) if text else {}
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _hierarchy(read: Iterable[tuple[int, ConceptRow]]) -> list[RowProblem]:
    rows = {row.code: row for _number, row in read}
    problems = []
    for number, row in read:
        above, steps = row.broader, 0
        while above in rows and steps <= len(rows):
            above, steps = rows[above].broader, steps + 1
        if above and above not in rows:
            if row.broader == above:
                reason = _("The broader term “%(code)s” is not in the file.") % {"code": above}
                problems.append(RowProblem(number, row.code, reason))
        elif steps > len(rows):
            problems.append(RowProblem(number, row.code, _("The term stands below itself.")))
    return problems


def terms_to_csv(rows: Iterable[ConceptRow]) -> bytes:
    """The CSV form that `terms_from_csv` reads back; retired terms are left out."""
    lines = (
        [
            row.code,
            row.broader,
            *(row.label.get(code, "") for code in LANGUAGES),
            *(row.definition.get(code, "") for code in LANGUAGES),
            row.source,
            json.dumps(row.extra, ensure_ascii=False) if row.extra else "",
        ]
        for row in rows
        if row.retired_on is None
    )
    return csv_file([COLUMNS, *lines])
