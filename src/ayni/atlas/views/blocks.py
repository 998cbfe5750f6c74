"""The blocks of a report as its page shows them, each with the page of its method."""

from typing import Any

from django.urls import reverse

from ayni.atlas.reports.live import PREFIX

# How a table or picture is made, where it is not as the account as a whole.
METHODS = {"F2": "loop", "F8": "roles", "T8": "roles", "T9": "contributions", "T11": "sustainability"}


def with_methods(section: dict[str, Any]) -> dict[str, Any]:
    """The section with the address of the method beside each of its blocks."""
    blocks = [
        (kind, block, reverse("method", args=[METHODS.get(_code(block).removeprefix(PREFIX), "accounts")]))
        for kind, block in section["blocks"]
    ]
    return {**section, "blocks": blocks}


def _code(block: Any) -> str:
    return block["code"] if isinstance(block, dict) else getattr(block, "code", "")
