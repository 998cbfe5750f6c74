"""A record as an import writes it: its content, its checksum and its rows. Made by any process, without the database."""

from dataclasses import dataclass

from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.interop.formats.content import content_and_digest
from ayni.interop.formats.facts import Facts, facts_of
from ayni.interop.formats.organisation_facts import OrganisationFacts, organisation_facts


@dataclass(frozen=True, slots=True)
class Ready:
    """`transactions` and `results` count all that an activity tells, also those of which no row is made."""

    content: str
    digest: str
    facts: Facts | OrganisationFacts
    version: str
    updated: str
    transactions: int
    results: int


def ready_of(record: Activity | Organisation, generated: str = "") -> Ready:
    """What is to be written of a record of a file that says that it was made then."""
    content, digest = content_and_digest(record)
    if isinstance(record, Organisation):
        return Ready(content, digest, organisation_facts(record, generated), record.version, record.updated, 0, 0)
    return Ready(
        content,
        digest,
        facts_of(record, generated),
        record.version,
        record.updated,
        len(record.transactions),
        len(record.results),
    )
