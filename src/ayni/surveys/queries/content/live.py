"""What an edition keeps of the records of cooperation. Who counts them lies above: `settings.EDITION_LIVE`, a module with `live(year)`."""

from importlib import import_module
from typing import Any

from django.conf import settings

from ayni.surveys.models import DiagnosisEdition


def live_content(edition: DiagnosisEdition) -> dict[str, Any]:
    """{"live": what stands today of the last year of the edition's period}; nothing where there is no public record of it."""
    found = import_module(settings.EDITION_LIVE).live(edition.round.period_to)
    return {} if found is None else {"live": found}
