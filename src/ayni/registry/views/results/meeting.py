"""Two who write the same at once: the later sees what the other has saved, and saves again knowing it."""

from typing import Any

from django.forms import Form

from ayni.registry.forms.results import shown_in


def differing(form: Form, stands: Form) -> list[dict[str, Any]]:
    """What the other person has saved otherwise than what was filled in here."""
    names = [name for name in form.fields if name != "base"]
    return [
        {"label": form.fields[name].label, "value": shown_in(stands, name)}
        for name in names
        if shown_in(stands, name) != shown_in(form, name)
    ]
