"""An uploaded file goes in exactly as its dry run showed it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import IMPORT_RECORDS, require
from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.models import SourceFile
from ayni.interop.queries.preview import preview


class Upload:
    """A file that a person chose on the page."""

    def __init__(self, by: Any, data: bytes, name: str) -> None:
        self._by = by
        self._data = data
        self._name = name

    def apply(self, *, seen: str, sector: str = "") -> SourceFile:
        """Put the file in. `seen` is the digest of the dry run that the person saw.

        Raises Conflict when the same file would now change something else, Refused when it is too large, PermissionDenied.
        """
        require(self._by, IMPORT_RECORDS)
        if len(self._data) > settings.UPLOAD_LIMIT:
            raise Refused(_("The file is larger than a page takes. Load it with ./ayni iati import."))
        shown = preview(self._data, sector=sector)
        if shown.digest != seen:
            raise Conflict(
                _("The records have changed since you looked at the file. Look at it again; nothing was written.")
            )
        return ImportOfFile(self._by, self._data, name=self._name).run(sector=sector)
