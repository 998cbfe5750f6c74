"""The methods behind the numbers (data/diagnosis/methods.json), each with an example computed from an edition."""

from typing import Any

from ayni.atlas.queries.facts import Atlas
from ayni.common.reference import document

METHODS: list[dict[str, Any]] = document("diagnosis/methods.json")


def worked(atlas: Atlas, code: str) -> dict[str, Any] | None:
    """An example of the method on the numbers of `atlas`; None where there is none."""
    return None
