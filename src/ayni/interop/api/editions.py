"""Editions of the diagnosis: one, its tables, and its frozen bytes at their permanent address."""

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from ayni.common.i18n import language
from ayni.interop.api.lists import ERRORS, in_language, only
from ayni.interop.api.problems import ProblemDetails, nothing_here
from ayni.interop.formats.open_data.figures import EditionTable, EditionTables
from ayni.interop.formats.open_data.questions import Code, Question
from ayni.interop.formats.open_data.words import Row
from ayni.interop.queries.open_data.editions import bytes_of, content_of, edition, editions
from ayni.surveys.models import DiagnosisEdition

A_YEAR = 60 * 60 * 24 * 365
FOUND: dict[Any, Any] = {404: ProblemDetails, **ERRORS}
FILE = {"responses": {200: {"description": _("The frozen content"), "content": {"application/json": {"schema": {}}}}}}


def add_editions(router: Router) -> None:
    """`/editions/code`, its tables and its content."""
    router.get(
        "/editions/{code}",
        response={200: EditionTables, **FOUND},
        summary=_("One edition, with the codes of its tables and figures"),
        description=_(
            "A published edition of the diagnosis: what it covers, its checksum, and where its content lies."
        ),
        tags=["editions"],
        url_name="v1_edition",
    )(one_edition)
    router.get(
        "/editions/{code}/tables/{table}",
        response={200: EditionTable, **FOUND},
        summary=_("A table of an edition"),
        description=_("As it was frozen: T3 is the partner matrix with its totals, shares and common partners."),
        tags=["editions"],
        url_name="v1_edition_table",
    )(edition_table)
    router.get(
        "/editions/{code}/content.json",
        response={200: None, **FOUND},
        summary=_("The content of an edition, at its permanent address"),
        description=_("The bytes that were frozen, in every language at once; their SHA-256 is the checksum."),
        tags=["editions"],
        url_name="v1_edition_content",
        openapi_extra=FILE,
    )(edition_content)


def one_edition(request: HttpRequest, code: Code, question: Query[Question]) -> Row:
    """A published edition, with the codes of its tables and figures."""
    only(request, Question)
    found = _found(code)
    content = content_of(found)
    told = edition(found) | {"tables": sorted(content["tables"]), "figures": sorted(content["figures"])}
    return in_language(told, language())


def edition_table(request: HttpRequest, code: Code, table: Code, question: Query[Question]) -> Row:
    """A table of an edition as it was frozen: T3 is the partner matrix with its totals, shares and common partners."""
    only(request, Question)
    found = _found(code)
    content = content_of(found)["tables"].get(table)
    if content is None:
        raise nothing_here()
    told = {key: value for key, value in content.items() if key != "source"}
    return {
        "edition": found.code,
        "table": table,
        "source": content["source"],
        "sha256": found.checksum,
        "content": told,
    }


def edition_content(request: HttpRequest, code: Code, question: Query[Question]) -> HttpResponse:
    """The bytes that were frozen, in every language at once; their SHA-256 is the edition's checksum."""
    only(request, Question)
    found = _found(code)
    response = HttpResponse(bytes_of(found), content_type="application/json")
    digest = base64.b64encode(bytes.fromhex(found.checksum)).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Content-Disposition"] = f'attachment; filename="ayni-{found.code}.json"'
    return response


def _found(code: str) -> DiagnosisEdition:
    found = editions().filter(code=code).first()
    if found is None:
        raise nothing_here()
    return found
