"""A file of another system comes in: chosen, looked at line by line, and only then written."""

from django.http import HttpRequest, HttpResponse

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.kept import Kept
from ayni.common.permissions import IMPORT_RECORDS
from ayni.common.views.loading import Brought, Looked, load_page
from ayni.interop.actions.upload import Upload
from ayni.interop.forms.reported import ReportedUpload
from ayni.interop.queries.judging import by_record
from ayni.interop.queries.preview import preview
from ayni.interop.views.dry_run import brought, looked


@requires(IMPORT_RECORDS)
def reported_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    seen, sector = request.POST.get("seen", ""), request.POST.get("sector", "")
    form = ReportedUpload(posted(request), request.FILES or None)

    def look(file: Kept) -> Looked:
        wanted = form.cleaned_data["sector"]
        shown = preview(file.data, sector=wanted, found=by_record(file.data))
        return looked(shown, purpose=_purpose(shown.digest, wanted), sector=wanted)

    def put_in(file: Kept) -> Brought:
        return brought(Upload(current_user(request), file.data, file.name).apply(seen=seen, sector=sector))

    purpose = _purpose(seen, sector)
    return load_page(request, "interop/load.html", form=form, look=look, purpose=purpose, put_in=put_in)


def _purpose(seen: str, sector: str) -> str:
    return f"reported:{sector}:{seen}"
