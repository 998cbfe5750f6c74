"""From an XLSForm workbook to a draft: a dry run first, then the draft from the file that was looked at."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ayni.common.access import posted
from ayni.common.errors import Refused
from ayni.common.kept import Kept
from ayni.common.permissions import EDIT_INSTRUMENTS, require
from ayni.common.views.loading import Brought, Looked, load_page
from ayni.surveys.actions.instruments import add_version
from ayni.surveys.forms.instruments import XlsformUpload
from ayni.surveys.queries.instrument_import import proposal


@login_required
def instrument_import(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would make. POST with the token of that: make the draft."""
    require(request.user, EDIT_INSTRUMENTS)
    form = XlsformUpload(posted(request), request.FILES or None, initial={"language": get_language()})
    language = request.POST.get("language", "")

    def look(file: Kept) -> Looked:
        found = proposal(file.data, name=file.name, language=language)
        shown = {"found": found, "language": language, "rows": [row for row in found.rows if row.state != "unchanged"]}
        return Looked(shown, _purpose(language) if found.spec else "")

    def put_in(file: Kept) -> Brought:
        spec = proposal(file.data, name=file.name, language=language).spec
        if spec is None:
            raise Refused(_("The uploaded file is no longer kept. Choose it again."))
        version = add_version(by=request.user, spec=spec)
        address = reverse("instrument", kwargs={"code": version.instrument.code, "number": version.number})
        return Brought(_("The draft stands. Look through it before publishing it."), address)

    template, purpose = "surveys/instruments/import.html", _purpose(language)
    return load_page(request, template, form=form, look=look, purpose=purpose, put_in=put_in)


def _purpose(language: str) -> str:
    return f"xlsform:{language}"
