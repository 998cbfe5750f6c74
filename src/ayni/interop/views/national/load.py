"""A national file comes in: chosen, looked at line by line, and only then written."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.columns import VersionStatus
from ayni.common.kept import Kept
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.common.views.loading import Brought, Looked, load_page
from ayni.interop.actions.national.load import load_national
from ayni.interop.forms.national import NationalUpload
from ayni.interop.models import RecordProfile
from ayni.interop.queries.national.reading import rows_of
from ayni.interop.queries.preview import preview_reads
from ayni.interop.views.dry_run import brought, looked


@requires(IMPORT_RECORDS)
def national_load(request: HttpRequest, code: str) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    profile = get_object_or_404(RecordProfile, code=code, status=VersionStatus.CURRENT)
    if not may(request.user, IMPORT_RECORDS, profile):
        raise PermissionDenied(IMPORT_RECORDS)
    seen = request.POST.get("seen", "")

    def look(file: Kept) -> Looked:
        shown = preview_reads(rows_of(profile, file.data, file.name))
        return looked(shown, purpose=_purpose(profile, shown.digest))

    def put_in(file: Kept) -> Brought:
        return brought(
            load_national(by=current_user(request), profile=profile, data=file.data, name=file.name, seen=seen)
        )

    return load_page(
        request,
        "interop/national/load.html",
        form=NationalUpload(posted(request), request.FILES or None),
        look=look,
        purpose=_purpose(profile, seen),
        put_in=put_in,
        context={"profile": profile},
    )


def _purpose(profile: RecordProfile, seen: str) -> str:
    return f"national:{profile.name}:{seen}"
