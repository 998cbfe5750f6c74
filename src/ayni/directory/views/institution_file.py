"""The directory as CSV: taken away by everybody, loaded after a dry run by those who edit it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.kept import Kept
from ayni.common.permissions import EDIT_DIRECTORY
from ayni.common.published import published
from ayni.common.views.loading import Brought, Looked, load_page, looked_through
from ayni.directory.actions.institution_file import load_institution_file
from ayni.directory.forms.institution_file import InstitutionsUpload
from ayni.directory.queries.institution_file import as_cells, directory, plan_load
from ayni.directory.queries.institution_rows import institutions_to_csv


@require_safe
@published()
def institutions_csv(request: HttpRequest) -> HttpResponse:
    """The institutions under the names in use, as CSV in UTF-8 with its mark, as spreadsheet programs want it."""
    response = HttpResponse(institutions_to_csv(as_cells(directory()).values()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="institutions.csv"'
    return response


@requires(EDIT_DIRECTORY)
def institutions_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    seen = request.POST.get("seen", "")

    def put_in(file: Kept) -> Brought:
        number = load_institution_file(by=current_user(request), data=file.data, seen=seen)
        told = ngettext(
            "%(number)d institution was added or changed.", "%(number)d institutions were added or changed.", number
        )
        return Brought(told % {"number": number}, "institutions")

    template, form = "directory/editing/load.html", InstitutionsUpload(posted(request), request.FILES or None)
    return load_page(request, template, form=form, look=_look, purpose=_purpose(seen), put_in=put_in)


def _look(file: Kept) -> Looked:
    plan = plan_load(file.data)
    return looked_through(plan.lines, digest=plan.digest, purpose=_purpose(plan.digest))


def _purpose(seen: str) -> str:
    return f"institutions:{seen}"
