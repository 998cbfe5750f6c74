"""The API's description of itself (OpenAPI 3.1), in each language."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI

from ayni.interop.api.problems import MEDIA_TYPE, title_of
from ayni.interop.formats.open_data.words import MULTILINGUAL
from ayni.interop.queries.open_data.catalogue import RESOURCES

HEADERS = {
    "ETag": {
        "description": gettext_noop("Version; send it back in If-None-Match"),
        "schema": {"type": "string"},
    },
    "X-RateLimit-Limit": {"description": gettext_noop("Requests a minute"), "schema": {"type": "integer"}},
    "X-RateLimit-Reset": {"description": gettext_noop("Seconds until the minute ends"), "schema": {"type": "integer"}},
}
LINK = {"Link": {"description": gettext_noop('The next page, as rel="next"'), "schema": {"type": "string"}}}
RETRY = {"Retry-After": {"description": gettext_noop("Seconds to wait"), "schema": {"type": "integer"}}}
ABOUT = gettext_noop(
    "What Ayni publishes of cooperation on social protection, for programs: lists with filters and cursors, whole files, "
    "editions of the diagnosis. Everybody may read it; a token lets one program read more in a minute. Texts come in "
    "Spanish, Portuguese, English or French (“lang”, or Accept-Language). Errors are problems (RFC 9457). No person is named."
)
SHAPES = {resource.shape.__name__: resource for resource in RESOURCES.values()}
# What is asked is told with each address.
ASKING = ("Question", "Asked")
# Their words are data, not ours to translate.
AS_THEY_ARE = frozenset({"examples", "example", "enum", "default", "const", "security"})


class OpenApi(NinjaAPI):
    """The API with everything that its answers carry written into its description, in the language in force."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                _complete(operation)
        shapes = schema["components"]["schemas"]
        for name in [name for name in shapes if name.endswith(ASKING)]:
            del shapes[name]
        for name, shape in shapes.items():
            _describe(name, shape)
        schema["servers"] = [{"url": settings.SITE_URL}]
        bearer = {"type": "http", "scheme": "bearer", "description": gettext_noop("A token of an account; optional")}
        schema["components"]["securitySchemes"] = {"token": bearer}
        schema["tags"] = [{"name": one.name, "description": str(one.about)} for one in RESOURCES.values()]
        schema["tags"].append({"name": "files", "description": gettext_noop("Whole files and their descriptions")})
        for part in ("paths", "components", "tags"):
            schema[part] = _said(schema[part])
        licence = {"name": settings.OPEN_DATA_LICENCE["title"], "url": settings.OPEN_DATA_LICENCE["path"]}
        schema["info"] |= {"description": _(ABOUT), "license": licence}
        return schema


def _complete(operation: dict[str, Any]) -> None:
    """Who may ask, what it is for, and what an answer carries."""
    operation["security"] = [{}, {"token": []}]
    resource = RESOURCES.get(operation["tags"][0])
    if resource and operation["operationId"] == f"list_{resource.name}":
        operation["summary"] = _("%(title)s: a page of the list") % {"title": resource.title}
        operation["description"] = str(resource.about)
    elif resource and resource.address and operation["operationId"] == f"one_of_{resource.name}":
        told = {"title": resource.title, "field": resource.address[0]}
        operation["summary"] = _("%(title)s: one record, by its field “%(field)s”") % told
        operation["description"] = str(resource.about)
    for status, answer in operation["responses"].items():
        _answer(int(status), answer, operation["operationId"].startswith("list_"))
    operation["responses"][304] = {
        "description": gettext_noop("Nothing has changed since the version in If-None-Match")
    }


def _answer(status: int, answer: dict[str, Any], a_list: bool) -> None:
    if status >= 400:
        answer["description"] = title_of(status)
        answer["content"] = {MEDIA_TYPE: answer["content"].popitem()[1]}
        answer["headers"] = RETRY if status == 429 else {}
        return
    if answer.get("description", "OK") == "OK":
        answer["description"] = gettext_noop("The answer")
    answer["headers"] = HEADERS | (LINK if a_list else {})


def _describe(name: str, shape: dict[str, Any]) -> None:
    """A shape says what its resource says; that of a part is told where it is used."""
    shape.pop("description", None)
    if name in SHAPES:
        shape["description"] = str(SHAPES[name].about)
    for field in shape.get("properties", {}).values():
        if field.get("default", "") is None:
            del field["default"]


def _said(node: Any, inside: str = "") -> Any:
    """The same with each description in the language in force, and without the titles that only repeat names."""
    if isinstance(node, list):
        return [_said(one) for one in node]
    if not isinstance(node, dict):
        return node
    if inside == "properties":
        return {name: _said(value) for name, value in node.items()}
    found = {}
    for name, value in node.items():
        if name == "title" and isinstance(value, str):
            continue
        if name in ("description", "summary") and isinstance(value, str) and value:
            found[name] = _words(value, bool(node.get(MULTILINGUAL)))
        else:
            found[name] = value if name in AS_THEY_ARE else _said(value, str(name))
    return found


def _words(text: str, multilingual: bool) -> str:
    told = _(text)
    return (
        _("%(text)s, in the language asked for or the nearest one there is") % {"text": told} if multilingual else told
    )
