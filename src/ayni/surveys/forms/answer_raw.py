"""What a form sent for a question, in the form that `answer_values.clean` takes.

The names of the controls: `q2` for one value or several, `q2.amount` and `q2.currency`, `q2.from` and `q2.to`, `q2.role.BOL`,
`q2.since.BOL` and `q2.until.BOL` for each country, `q2.name.0`, `q2.institution.0` and `q2.role.0` for each row of institutions;
`q2.base` is the revision the page showed, `remove` = `q2.0` the row whose button was pressed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from ayni.surveys.formats.answer_question import Asked
from ayni.surveys.formats.spec import Kind

MOST_ROWS = 300


def raw_answer(question: Asked, data: QueryDict, standing: Any = None) -> Any:
    """The answer as it was entered; `standing` is the one the page showed."""
    return READERS[question.kind](question, data, standing)


def number_of(data: QueryDict, name: str) -> int | None:
    """A whole number that the page itself wrote; None when it is not one."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _one(question: Asked, data: QueryDict, standing: Any) -> str:
    return data.get(question.code, "")


def _several(question: Asked, data: QueryDict, standing: Any) -> list[str]:
    return [code for code in data.getlist(question.code) if code]


def _parts(*names: str) -> Callable[[Asked, QueryDict, Any], dict[str, str]]:
    def read(question: Asked, data: QueryDict, standing: Any) -> dict[str, str]:
        return {name: data.get(f"{question.code}.{name}", "") for name in names}

    return read


def _countries(question: Asked, data: QueryDict, standing: Any) -> list[dict[str, str]]:
    chosen = dict.fromkeys(data.getlist(question.code))
    return [
        {"country": country}
        | {name: data.get(f"{question.code}.{name}.{country}", "") for name in ("role", "since", "until")}
        for country in chosen
        if country
    ]


def _institutions(question: Asked, data: QueryDict, standing: Any) -> list[dict[str, Any]]:
    prefix = f"{question.code}.name."
    numbers = sorted(
        int(name[len(prefix) :]) for name in data if name.startswith(prefix) and name[len(prefix) :].isdigit()
    )
    removed = data.get("remove", "")
    return [
        _row(question, data, number, standing)
        for number in numbers[:MOST_ROWS]
        if f"{question.code}.{number}" != removed
    ]


def _row(question: Asked, data: QueryDict, number: int, standing: Any) -> dict[str, Any]:
    """A row keeps its institution's code only while its name is the one that was shown for it."""
    name = data.get(f"{question.code}.name.{number}", "").strip()
    row = {"institution": None, "name": name, "role": data.get(f"{question.code}.role.{number}", "")}
    code = data.get(f"{question.code}.institution.{number}", "")
    names = question.directory.institutions.get(code, {})
    before: Mapping[str, Any] = next((item for item in standing or () if item.get("institution") == code and code), {})
    if code and name and name == before.get("name"):
        return row | {"institution": code}
    if name and name in names.values():
        return row | {"institution": code, "name": before.get("name", "")}
    return row


def _nothing(question: Asked, data: QueryDict, standing: Any) -> None:
    return None


READERS: Mapping[Kind, Callable[[Asked, QueryDict, Any], Any]] = {
    Kind.TEXT: _one,
    Kind.LONG_TEXT: _one,
    Kind.NUMBER: _one,
    Kind.MONEY: _parts("amount", "currency"),
    Kind.DATE: _one,
    Kind.PERIOD: _parts("from", "to"),
    Kind.SINGLE: _one,
    Kind.MULTIPLE: _several,
    Kind.COUNTRIES: _countries,
    Kind.INSTITUTIONS: _institutions,
    Kind.FILE: _nothing,
    Kind.NOTE: _nothing,
}
