"""The pictures of an edition as figures of its report."""

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports.document import Figure


def figure(atlas: Atlas, code: str, lang: str) -> Figure | None:
    """The picture `code` on paper; None where there is nothing to draw."""
    return None
