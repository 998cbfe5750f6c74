"""What every page knows: navigation, languages, theme, and the version of the data."""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from ayni.accounts.queries.current import current_user
from ayni.common.desk import count_tasks
from ayni.common.i18n import LANGUAGES
from ayni.common.published import version_of

Items = tuple[tuple[str, Promise], ...]

NAVIGATION: Items = (
    ("diagnosis", _("Diagnosis")),
    ("exchange", _("Exchange")),
    ("initiatives", _("Initiatives")),
    ("map", _("Map")),
    ("flows", _("Flows")),
    ("countries", _("Countries")),
    ("institutions", _("Institutions")),
    ("programmes", _("Programmes")),
    ("rounds", _("Rounds")),
    ("instruments", _("Questionnaires")),
    ("vocabularies", _("Vocabularies")),
)
# Where else the pages of an item lie: the first word of their address after the language.
WITHIN = {
    "initiatives": (
        "agreements",
        "calendar",
        "circuit",
        "cooperation",
        "daily-costs",
        "evaluations",
        "lessons",
        "obstacles",
        "products",
        "rates",
        "reported",
        "results",
        "signing-rules",
    ),
}
FOOTER: Items = (
    ("source", _("The source document")),
    ("methods", _("Methods")),
    ("open_data", _("Open data")),
)


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    menu: list[dict[str, Any]] = [
        {"name": label, "url": url, "current": _current(request.path, url, WITHIN.get(name, ()))}
        for (name, _label), (label, url) in zip(NAVIGATION, addresses(NAVIGATION, language), strict=True)
    ]
    return {
        "nav_items": menu,
        "nav_here": " ".join(item["current"] or "-" for item in menu),
        "footer_items": [{"name": label, "url": url} for label, url in addresses(FOOTER, language)],
        "language_links": [
            {"code": code, "name": name, "url": in_language(request, code), "current": code == language}
            for code, name in settings.LANGUAGES
        ],
        "sign_in_url": sign_in_url(request, language),
        "theme": theme if theme in ("light", "dark") else "",
        "data_version": SimpleLazyObject(lambda: version_of(request)),
        # Read when the menu is drawn: one query, for whom is signed in.
        "desk_count": SimpleLazyObject(lambda: count_tasks(current_user(request))) if _is_signed_in(request) else 0,
    }


@cache
def addresses(items: Items, language: str) -> list[tuple[Promise, str]]:
    """The (label, address) of menu items. They stand for as long as the process: a page asks for them each time."""
    return [(label, address(name, language)) for name, label in items]


@cache
def address(name: str, language: str) -> str:
    """The address of a page in `language`."""
    with override(language):
        return reverse(name)


def sign_in_url(request: HttpRequest, language: str) -> str:
    """The way to sign in and back to this page; from the home page to the desk."""
    sign_in = address("account_login", language)
    back = "" if request.path in (sign_in, address("home", language)) else f"?next={quote(request.get_full_path())}"
    return f"{sign_in}{back}"


def in_language(request: HttpRequest, code: str) -> str:
    """The address of this page in another language: a page's address begins with its language. Elsewhere, the home page."""
    _empty, language, rest = (*request.get_full_path().split("/", 2), "", "")[:3]
    return f"/{code}/{rest if language in LANGUAGES else ''}"


def _current(path: str, url: str, within: tuple[str, ...]) -> str:
    """What aria-current says of a menu item: this page, the section that it lies in, or nothing."""
    if path == url:
        return "page"
    _empty, _language, first = (*path.split("/", 3), "", "")[:3]
    return "true" if path.startswith(url) or first in within else ""


def _is_signed_in(request: HttpRequest) -> bool:
    # The page of an error that came before the sign-in middleware has no user.
    return hasattr(request, "user") and request.user.is_authenticated
