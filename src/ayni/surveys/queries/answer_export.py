"""The answers of a round as a workbook that people can edit and send back (docs/howto/import-answers.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.permissions import ANSWER, FOLLOW, READ_DRAFTS, RUN_ROUNDS, may
from ayni.common.workbooks.cells import Validation, WorkbookWriter
from ayni.surveys.formats.answer_cells import EDITED_HERE, how_to_answer, written
from ayni.surveys.formats.answer_grids import TITLES
from ayni.surveys.formats.answer_values import display
from ayni.surveys.formats.spec import Kind
from ayni.surveys.models import Round
from ayni.surveys.queries.answer_standing import Standing, Writer, standing_of
from ayni.surveys.queries.questions import AskedQuestion

ANSWERS = ("institution", "institution_name", "question", "question_text", "how", "answer", "words", "revision")
COUNTRIES = (
    "institution",
    "institution_name",
    "question",
    "country",
    "country_name",
    "role",
    "since",
    "until",
    "revision",
)
INSTITUTIONS = ("institution", "institution_name", "question", "named", "role", "revision")
WIDTHS = {
    "question_text": 50,
    "how": 30,
    "answer": 40,
    "words": 40,
    "institution_name": 24,
    "country_name": 30,
    "named": 40,
}
READS = (ANSWER, FOLLOW, READ_DRAFTS, RUN_ROUNDS)
ROOM = 500  # rows below the last one in which a choice is still offered


def answers_workbook(*, user: Any, round_: Round) -> bytes:
    """The workbook, in the language of the page, of those institutions whose answers this person may read."""
    standing = standing_of(round_, lambda institution: any(may(user, permission, institution) for permission in READS))
    return _Book(standing).written()


@dataclass
class _Book:
    """The sheets, filled while the answers are gone through."""

    standing: Standing
    rows: dict[str, list[dict[str, object]]] = field(
        default_factory=lambda: {"answers": [], "countries": [], "institutions": []}
    )
    choices: list[tuple[str, str, str]] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def written(self) -> bytes:
        for question in self.standing.questions.values():
            self._offer(question)
        for writer in self.standing.writers.values():
            if writer.readable:
                for question in self.standing.questions.values():
                    self._answer(writer, question)
        book = WorkbookWriter()
        self._add(book, _("answers"), ANSWERS, "answers", self._answer_choices())
        self._add(book, _("countries"), COUNTRIES, "countries", self._country_choices())
        self._add(book, _("institutions"), INSTITUTIONS, "institutions", ())
        self._add_reference(book)
        return book.written()

    def _offer(self, question: AskedQuestion) -> None:
        offered = [
            (question.code, code, text_in(label))
            for code, label in question.roles.items()
            if code not in question.retired
        ]
        if offered:
            first = len(self.choices) + 1
            self.choices += offered
            self.places[question.code] = (first, first + len(offered) - 1)

    def _answer(self, writer: Writer, question: AskedQuestion) -> None:
        value = writer.value(question.code)
        common: dict[str, object] = {
            "institution": writer.code,
            "institution_name": writer.name,
            "question": question.code,
            "revision": writer.revision(question.code) or "",
        }
        if question.kind in EDITED_HERE:
            texts = {"question_text": text_in(question.label), "how": how_to_answer(question.kind)}
            words = display(value, question) if question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.MONEY) else ""
            self.rows["answers"].append(common | texts | {"answer": written(question, value), "words": words})
        elif question.kind in ITEMS:
            self.rows[question.kind.value] += [common | ITEMS[question.kind](question, item) for item in value or ()]

    def _add(
        self, book: WorkbookWriter, name: str, columns: tuple[str, ...], key: str, validations: Iterable[Validation]
    ) -> None:
        heads = [[str(TITLES[column]) for column in columns]]
        rows = [
            {at: row[column] for at, column in enumerate(columns) if row.get(column) not in (None, "")}
            for row in self.rows[key]
        ]
        widths = [WIDTHS.get(column, 16) for column in columns]
        book.add_sheet(name, heads, rows, widths, tuple(validations))

    def _answer_choices(self) -> Iterable[Validation]:
        for at, row in enumerate(self.rows["answers"], 1):
            code = str(row["question"])
            if self.standing.questions[code].kind is Kind.SINGLE and code in self.places:
                first, last = self.places[code]
                yield Validation(at, at, ANSWERS.index("answer"), f"='{_('choices')}'!$B${first + 1}:$B${last + 1}")

    def _country_choices(self) -> Iterable[Validation]:
        count = len(_countries(self.standing))
        if count:
            source = f"='{_('list of countries')}'!$A$2:$A${count + 1}"
            yield Validation(1, len(self.rows["countries"]) + ROOM, COUNTRIES.index("country"), source)

    def _add_reference(self, book: WorkbookWriter) -> None:
        named = [dict(enumerate(choice)) for choice in self.choices]
        book.add_sheet(_("choices"), [[_("Question"), _("Code"), _("Choice or role")]], named, [16, 30, 60])
        countries = [{0: code, 1: text_in(name)} for code, name in _countries(self.standing).items()]
        book.add_sheet(_("list of countries"), [[_("Code"), _("Name")]], countries, [12, 40])
        known = next(
            (one.directory.institutions for one in self.standing.questions.values() if one.kind is Kind.INSTITUTIONS),
            {},
        )
        institutions = [{0: code, 1: text_in(name)} for code, name in known.items()]
        book.add_sheet(_("list of institutions"), [[_("Code"), _("Name")]], institutions, [24, 60])


def _countries(standing: Standing) -> Mapping[str, Mapping[str, str]]:
    return next((one.directory.countries for one in standing.questions.values() if one.kind is Kind.COUNTRIES), {})


def _country(question: AskedQuestion, item: Mapping[str, Any]) -> dict[str, object]:
    role = item.get("role")
    return {
        "country": item["country"],
        "country_name": text_in(question.directory.countries.get(item["country"], "")),
        "role": "" if role == "unknown" else role,
        "since": item.get("since") or "",
        "until": item.get("until") or "",
    }


def _institution(question: AskedQuestion, item: Mapping[str, Any]) -> dict[str, object]:
    return {"named": item.get("institution") or item.get("name") or "", "role": item.get("role") or ""}


ITEMS: Mapping[Kind, Callable[[AskedQuestion, Mapping[str, Any]], dict[str, object]]] = {
    Kind.COUNTRIES: _country,
    Kind.INSTITUTIONS: _institution,
}
