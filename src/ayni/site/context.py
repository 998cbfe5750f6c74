"""What every page knows: navigation, languages, theme, and the version of the data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NAVIGATION = [
    ("map", _("Map")),
    ("countries", _("Countries")),
    ("rounds", _("Questionnaires")),
    ("instruments", _("Instruments")),
]


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "nav_items": [
            {"name": label, "url": (url := reverse(name)), "current": _is_current(request.path, url)}
            for name, label in NAVIGATION
        ],
        "language_links": [
            {
                "code": code,
                "name": name,
                "url": translate_url(request.get_full_path(), code),
                "current": code == (get_language() or "")[:2],
            }
            for code, name in settings.LANGUAGES
        ],
        "theme": theme if theme in ("light", "dark") else "",
    }


def _is_current(path: str, url: str) -> bool:
    return path.startswith(url)
