"""A list of records for each resource, and one record where it has an address."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, create_model

from ayni.common.i18n import language, text_in
from ayni.interop.api import cursors
from ayni.interop.api.counts import counted
from ayni.interop.api.fields import chosen, narrowed, of_some, some_of
from ayni.interop.api.problems import ProblemDetails, nothing_here, unanswerable
from ayni.interop.formats.open_data.questions import Code, ListQuestion, Question, asked
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.resource import Gone, Page, Resource

# What ninja reads at run time, where the question of a list is known.
QUERY: Any = Query
PATH: Any = Path
OF_LISTS = frozenset({*ListQuestion.model_fields, "fields"})
ERRORS: dict[int, type[BaseModel]] = dict.fromkeys((401, 403, 422, 429), ProblemDetails)
Number = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[1])]


def add_list(router: Router, resource: Resource) -> None:
    """`/name`: a page of the list."""
    question = create_model(
        f"{resource.shape.__name__}Question",
        __base__=(ListQuestion, resource.question),
        fields=of_some(resource.shape),
    )
    answer = create_model(
        f"{resource.shape.__name__}Page",
        __doc__=f"A page of {resource.name}",
        items=(list[some_of(resource.shape)], Field(description=gettext_noop("The rows of the page"))),  # type: ignore[arg-type, misc]  # a shape known at run time
        next=(
            str | None,
            Field(description=gettext_noop("The cursor of the next page; null on the last"), examples=["WzEwMF0:aG1"]),
        ),
        count=(
            int | None,
            Field(description=gettext_noop("How many rows answer the question; null unless asked for"), examples=[57]),
        ),
    )

    def listed(request: HttpRequest, response: HttpResponse, question: Query[Any]) -> dict[str, Any]:
        only(request, type(question))
        names = chosen(resource.shape, question.fields)
        wanted = {name: value for name, value in asked(question).items() if name not in OF_LISTS}
        lang = language()
        page = _page(resource, wanted, question, names)
        following = cursors.written(resource.name, page.last)
        if following:
            query = request.GET.copy()
            query["cursor"] = following
            response["Link"] = f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="next"'
        return {
            "items": [in_language(narrowed(row, names), lang) for row in page.rows],
            "next": following,
            "count": counted(request, resource, wanted) if question.count else None,
        }

    listed.__annotations__["question"] = QUERY[question]
    router.get(
        f"/{resource.name}",
        response={200: answer, **ERRORS},
        operation_id=f"list_{resource.name}",
        tags=[resource.name],
        url_name=f"v1_{resource.name}",
        exclude_unset=True,
    )(listed)


def _page(resource: Resource, wanted: dict[str, Any], question: ListQuestion, names: list[str] | None) -> Page:
    try:
        return resource.source.page(wanted, cursors.read(resource.name, question.cursor), question.limit, names)
    except Gone:
        message = _("The list was made anew since. Begin again without a cursor.")
        raise unanswerable([{"name": "cursor", "message": message}]) from None


def add_one(router: Router, resource: Resource) -> None:
    """`/name/key`: one record, where the resource has addresses for them."""
    if resource.address is None:
        return
    field, column = resource.address
    number = resource.shape.model_fields[field].annotation is int
    asks = create_model(f"{resource.shape.__name__}Asked", __base__=Question, fields=of_some(resource.shape))

    def one(request: HttpRequest, key: Path[Any], question: Query[Any]) -> Row:
        only(request, asks)
        names = chosen(resource.shape, question.fields)
        row = resource.source.one(**{column: key})
        if row is None:
            raise nothing_here()
        told: Row = in_language(narrowed(row, names), language())
        return told

    one.__annotations__["key"] = PATH[Number] if number else PATH[Code]
    one.__annotations__["question"] = QUERY[asks]
    router.get(
        f"/{resource.name}/{{key}}",
        response={200: some_of(resource.shape), 404: ProblemDetails, **ERRORS},
        operation_id=f"one_of_{resource.name}",
        tags=[resource.name],
        url_name=f"v1_one_of_{resource.name}",
        exclude_unset=True,
    )(one)


def only(request: HttpRequest, question: type[BaseModel]) -> None:
    """Raises Problem for a parameter that the address does not know: a misspelt filter would give everything."""
    unknown = sorted(set(request.GET) - set(question.model_fields))
    if unknown:
        message = _("There is no such parameter here. Known: %(names)s.") % {"names": ", ".join(question.model_fields)}
        raise unanswerable([{"name": name, "message": message} for name in unknown])


def in_language(value: Any, lang: str) -> Any:
    """The same with each text in one language."""
    kind = type(value)
    if kind is Texts:
        return text_in(value, lang)
    if kind is dict:
        return {name: in_language(inner, lang) for name, inner in value.items()}
    return [in_language(inner, lang) for inner in value] if kind is list else value
