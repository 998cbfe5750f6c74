"""What a file of another system would change, and what it did, whatever its kind."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.views.loading import Brought, Looked
from ayni.interop.models import SourceFile
from ayni.interop.queries.preview import Preview


def looked(shown: Preview, *, purpose: str, **more: Any) -> Looked:
    """A file as its dry run shows it, with `more` for the template.

    A file that changes nothing goes in all the same: that its publisher still says so is worth knowing. Raises Refused for one in
    which there is no record at all.
    """
    if not any(shown.counts.values()) and shown.about_the_file:
        raise Refused(" ".join(filter(None, (shown.about_the_file[0].text, shown.about_the_file[0].remedy))))
    return Looked({"shown": shown, "read": True, **more}, purpose)


def brought(loaded: SourceFile) -> Brought:
    """What to tell of a file that went in, and its page."""
    told = _("%(name)s was loaded: %(added)d new, %(changed)d changed, %(unchanged)d unchanged, %(failed)d refused.")
    counts = {name: getattr(loaded, name) for name in ("name", "added", "changed", "unchanged", "failed")}
    return Brought(told % counts, reverse("source_file", args=[loaded.pk]))
