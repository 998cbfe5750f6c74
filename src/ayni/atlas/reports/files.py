"""An edition as a file: which formats there are, and the bytes of each."""

from collections.abc import Callable
from dataclasses import dataclass

from ayni.atlas.queries.facts import parse
from ayni.atlas.reports import docx, html, pdf, xlsx
from ayni.atlas.reports.build import Imprint, report
from ayni.atlas.reports.document import Report
from ayni.atlas.reports.pictures import figure
from ayni.surveys.models import DiagnosisEdition
from ayni.surveys.queries.content.assemble import canonical, computed_content

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """`write` is None for the content itself. A page of its own styles is taken away, for the site's CSP bars them."""

    content_type: str
    write: Callable[[Report], bytes] | None
    binary: bool = True
    opens_in_browser: bool = False


FORMATS = {
    "json": Format("application/json", None, binary=False, opens_in_browser=True),
    "html": Format("text/html; charset=utf-8", html.write, binary=False),
    "pdf": Format("application/pdf", pdf.write, opens_in_browser=True),
    "docx": Format(f"{OFFICE}.wordprocessingml.document", docx.write),
    "xlsx": Format(f"{OFFICE}.spreadsheetml.sheet", xlsx.write),
}


def edition_file(edition: DiagnosisEdition, lang: str, fmt: str) -> bytes:
    """The bytes of `edition` in a language and format. JSON holds every language and is exactly what was frozen.

    A draft is computed from its round as it stands.
    """
    content = content_of(edition)
    write = FORMATS[fmt].write
    if write is None:
        return content.encode()
    return write(edition_report(edition, content, lang))


def content_of(edition: DiagnosisEdition) -> str:
    return edition.content or canonical(computed_content(edition))


def edition_report(edition: DiagnosisEdition, content: str, lang: str) -> Report:
    imprint = Imprint(edition.code, edition.checksum, edition.frozen_at, edition.published_at)
    return report(parse(content, edition.checksum), imprint, lang, figure)
