"""Every resource of open data, in the order of the reference page."""

from ayni.interop.queries.open_data import (
    cooperation,
    directory,
    editions,
    exchange,
    figures,
    flows,
    organisations,
    reported,
)
from ayni.interop.queries.open_data.resource import Resource

RESOURCES: dict[str, Resource] = {
    resource.name: resource
    for part in (directory, cooperation, exchange, editions, figures, flows, reported, organisations)
    for resource in part.RESOURCES
}
