"""An edition as a file: `diagnosis/oas-2010/oas-2010-es.pdf`; without a language, in that of the page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ayni.atlas.reports.files import FORMATS
from ayni.atlas.reports.kept import kept_file
from ayni.common.i18n import LANGUAGES, language
from ayni.common.permissions import READ_DRAFTS, may
from ayni.common.published import published
from ayni.surveys.models import DiagnosisEdition, EditionStatus


@require_safe
@published()
def edition_file(request: HttpRequest, code: str, name: str, fmt: str) -> HttpResponse:
    """The file of an edition that this reader may open; 404 for any other address."""
    lang = language() if name == code else name.removeprefix(f"{code}-")
    if fmt not in FORMATS or lang not in LANGUAGES:
        raise Http404(name)
    edition = _edition(request, code)
    chosen = FORMATS[fmt]
    response = HttpResponse(kept_file(edition, lang, fmt), content_type=chosen.content_type)
    where = "inline" if chosen.opens_in_browser else "attachment"
    file_name = f"ayni-{code}.json" if fmt == "json" else f"ayni-{code}-{lang}.{fmt}"
    response["Content-Disposition"] = f'{where}; filename="{file_name}"'
    response["Content-Language"] = lang
    return response


def _edition(request: HttpRequest, code: str) -> DiagnosisEdition:
    # A file that is kept needs no content.
    known = DiagnosisEdition.objects.select_related("round__version__instrument", "previous")
    found = known.defer("content", "previous__content").filter(code=code).first()
    if found is None or (found.status != EditionStatus.PUBLISHED and not may(request.user, READ_DRAFTS)):
        raise Http404(code)
    return found
