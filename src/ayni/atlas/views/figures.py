"""The files of a figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ayni.atlas.figures import CODES, picture
from ayni.atlas.figures.files import TYPES, file_of
from ayni.atlas.figures.question import PARTS, Question
from ayni.atlas.views.reading import edition_or_404
from ayni.common.errors import Refused
from ayni.common.i18n import language
from ayni.common.published import published

THEMES = ("light", "dark", "print")


@require_safe
@published(*PARTS, "theme")
def figure(request: HttpRequest, edition: str, code: str, format: str) -> HttpResponse:
    """Figure `code` of an edition as SVG, PNG, CSV or JSON, in the language of the address.

    Takes the parts of Question and `theme`: light (default), dark, print; for JSON also page.
    """
    if code not in CODES or format not in TYPES:
        raise Http404(f"{code}.{format}")
    _edition, atlas = edition_or_404(request, edition)
    theme = request.GET.get("theme", "light")
    if theme not in THEMES and (theme, format) != ("page", "json"):
        raise Http404(theme)
    try:
        drawn = picture(atlas, code, lang=language(), theme=theme, **Question.read(request.GET.dict()).asked())
    except Refused as refusal:
        return HttpResponse(str(refusal), status=400, content_type="text/plain; charset=utf-8")
    file = file_of(drawn, format)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(format == "csv", file.name) or "inline"
    return response
