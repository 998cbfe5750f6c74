"""What every page knows: navigation, languages, theme, and the version of the data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ayni.accounts.queries.current import current_user
from ayni.surveys.queries.desk import count_tasks

NAVIGATION = [
    ("diagnosis", _("Diagnosis")),
    ("map", _("Map")),
    ("countries", _("Countries")),
    ("institutions", _("Institutions")),
    ("rounds", _("Questionnaires")),
    ("instruments", _("Instruments")),
    ("vocabularies", _("Vocabularies")),
]
FOOTER = [
    ("source", _("The source document")),
    ("methods", _("Methods")),
]


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "nav_items": [
            {"name": label, "url": (url := reverse(name)), "current": _is_current(request.path, url)}
            for name, label in NAVIGATION
        ],
        "footer_items": [{"name": label, "url": reverse(name)} for name, label in FOOTER],
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
        # Read when the menu is drawn: one query, for whom is signed in.
        "desk_count": SimpleLazyObject(lambda: count_tasks(current_user(request))) if _is_signed_in(request) else 0,
    }


def _is_current(path: str, url: str) -> bool:
    return path.startswith(url)


def _is_signed_in(request: HttpRequest) -> bool:
    # The page of an error that came before the sign-in middleware has no user.
    return hasattr(request, "user") and request.user.is_authenticated
