"""Terms from a CSV file: a dry run line by line, then a draft from the file that was looked at (R22)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import posted
from ayni.common.kept import Kept
from ayni.common.permissions import EDIT_VOCABULARIES, require
from ayni.common.sheets.lines import counts
from ayni.common.views.loading import Brought, Looked, load_page
from ayni.directory.actions.vocabulary_versions import load_version
from ayni.directory.forms.vocabularies import CsvUpload
from ayni.directory.queries.vocabularies import loading, scheme_for
from ayni.directory.queries.vocabulary_rows import terms_from_csv


@login_required
def vocabulary_load(request: HttpRequest, code: str) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would make. POST with the token of that: make the draft."""
    require(request.user, EDIT_VOCABULARIES)
    scheme, form = scheme_for(request.user, code), CsvUpload(posted(request), request.FILES or None)
    source = request.POST.get("source", "")

    def look(file: Kept) -> Looked:
        read, told = terms_from_csv(file.data), form.cleaned_data["source"]
        lines = loading(scheme, read)
        shown = [line for line in lines if line.state != "unchanged"]
        context = {"lines": shown, "counts": counts(lines), "source": told, "read": True}
        return Looked(context, "" if read.problems else _purpose(scheme.code, told))

    def put_in(file: Kept) -> Brought:
        rows = [row for _number, row in terms_from_csv(file.data).rows]
        draft = load_version(by=request.user, code=scheme.code, rows=rows, source=source)
        told = _("The draft stands. Look through it before putting it in force.")
        return Brought(told, reverse("vocabulary_edit", args=(draft.code, draft.version)))

    template, context = "directory/vocabularies/load.html", {"scheme": scheme}
    purpose = _purpose(scheme.code, source)
    return load_page(request, template, form=form, look=look, purpose=purpose, put_in=put_in, context=context)


def _purpose(code: str, source: str) -> str:
    return f"vocabulary:{code}:{source}"
