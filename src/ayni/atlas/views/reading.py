"""What the reading pages share: the editions that this reader may open, and the context of an edition."""

from typing import Any

from django.http import Http404, HttpRequest

from ayni.atlas.queries.editions import Edition, atlas_of, choose, published, readable
from ayni.atlas.queries.facts import Atlas
from ayni.common.permissions import READ_DRAFTS, may
from ayni.common.published import version_of


def editions_for(request: HttpRequest) -> list[Edition]:
    if not request.user.is_authenticated:
        return published(version_of(request))
    return readable(drafts=may(request.user, READ_DRAFTS))


def edition_or_404(request: HttpRequest, code: str) -> tuple[Edition, Atlas]:
    edition = choose(editions_for(request), code)
    if edition is None:
        raise Http404(code)
    return edition, atlas_of(edition)


def latest(request: HttpRequest) -> tuple[Edition, Atlas] | tuple[None, None]:
    """The edition that the atlas shows, or nothing while none is published."""
    edition = choose(editions_for(request))
    return (edition, atlas_of(edition)) if edition else (None, None)


def about(edition: Edition | None) -> dict[str, Any]:
    """The context that says which edition a page speaks of, and whether its content is invented."""
    fictional = edition is not None and edition.fictional
    return {"edition": edition, "demo": fictional, "fictional": fictional}
