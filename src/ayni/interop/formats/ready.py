"""An activity as an import writes it: its content, its checksum and its rows. Made by any process, without the database."""

from dataclasses import dataclass

from ayni.iati.model import Activity
from ayni.interop.formats.content import content_and_digest
from ayni.interop.formats.facts import Facts, facts_of


@dataclass(frozen=True, slots=True)
class Ready:
    """`transactions` and `results` count all that the activity tells, also those of which no row is made."""

    content: str
    digest: str
    facts: Facts
    version: str
    updated: str
    transactions: int
    results: int


def ready_of(activity: Activity) -> Ready:
    """What is to be written of an activity."""
    content, digest = content_and_digest(activity)
    return Ready(
        content,
        digest,
        facts_of(activity),
        activity.version,
        activity.updated,
        len(activity.transactions),
        len(activity.results),
    )
