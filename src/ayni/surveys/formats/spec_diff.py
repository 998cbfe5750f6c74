"""What differs between two versions of an instrument, question by question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.i18n import text_in
from ayni.surveys.formats.condition_words import condition_in_words
from ayni.surveys.formats.spec import ChoiceListSpec, InstrumentSpec, QuestionSpec, SectionSpec


@dataclass(frozen=True)
class Change:
    """One field, as people read it; `before` is empty for what is new."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class DiffRow:
    """A section, question or list: new, changed, unchanged or removed. `number` counts from 1 in reading order."""

    number: int
    state: str
    what: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class _Item:
    what: str
    fields: Mapping[str, str]


def differences(before: InstrumentSpec | None, after: InstrumentSpec) -> list[DiffRow]:
    """Every part of `after` in order, then what `before` had and `after` has not."""
    old = dict(_items(before)) if before else {}
    new = dict(_items(after))
    rows: list[DiffRow] = []
    for key, item in new.items():
        changes = tuple(_changes(old[key].fields if key in old else {}, item.fields)) if key in old else ()
        state = "new" if key not in old else "changed" if changes else "unchanged"
        rows.append(DiffRow(len(rows) + 1, state, item.what, changes))
    for key, item in old.items():
        if key not in new:
            rows.append(DiffRow(len(rows) + 1, "removed", item.what))
    return rows


def counts(rows: list[DiffRow]) -> dict[str, int]:
    """How many rows are in each state."""
    return {state: sum(row.state == state for row in rows) for state in ("new", "changed", "unchanged", "removed")}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for field in dict.fromkeys([*before, *after]):
        if before.get(field, "") != after.get(field, ""):
            yield Change(field, before.get(field, ""), after.get(field, ""))


def _items(instrument: InstrumentSpec) -> Iterator[tuple[tuple[str, str], _Item]]:
    yield ("instrument", ""), _Item(_("The questionnaire"), _whole(instrument))
    for section in instrument.sections:
        what = _("Section “%(title)s”") % {"title": text_in(section.title)}
        yield ("section", section.code), _Item(what, _section(section, instrument))
        for question in section.questions:
            what = _("Question %(number)s: %(label)s") % {
                "number": question.number or question.code,
                "label": text_in(question.label),
            }
            yield ("question", question.code), _Item(what, _question(question, section, instrument))
    for choices in instrument.choice_lists:
        what = ngettext(
            "List “%(code)s” with %(count)d choice", "List “%(code)s” with %(count)d choices", len(choices.codes)
        )
        yield ("list", choices.code), _Item(what % {"code": choices.code, "count": len(choices.codes)}, _list(choices))


def _texts(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name} ({code})": words for code, words in texts.items()}


def _whole(instrument: InstrumentSpec) -> dict[str, str]:
    return (
        _texts(_("Title"), instrument.title)
        | _texts(_("Introduction"), instrument.introduction)
        | {_("Main language"): instrument.default_language, _("Source"): instrument.source}
        | {
            _("Order of the questions"): ", ".join(
                question.number or question.code for question in instrument.questions()
            )
        }
    )


def _section(section: SectionSpec, instrument: InstrumentSpec) -> dict[str, str]:
    return _texts(_("Title"), section.title) | {_("Asked only if"): _condition(section.condition, instrument)}


def _question(question: QuestionSpec, section: SectionSpec, instrument: InstrumentSpec) -> dict[str, str]:
    return (
        _texts(_("Question"), question.label)
        | _texts(_("Help"), question.help)
        | {
            _("Number"): question.number,
            _("Section"): text_in(section.title),
            _("Kind"): question.kind.value,
            _("Required"): _("yes") if question.required else "",
            _("Choices or roles"): question.choices or "",
            _("Asked only if"): _condition(question.condition, instrument),
            _("Whole numbers"): _("yes") if question.integer else "",
            _("Smallest value"): _plain(question.minimum),
            _("Largest value"): _plain(question.maximum),
            _("Currency"): question.currency or "",
        }
    )


def _list(choices: ChoiceListSpec) -> dict[str, str]:
    return {choice.code: " · ".join(choice.label.values()) for choice in choices.choices} | {
        _("Order"): ", ".join(choices.codes)
    }


def _condition(condition: Any, instrument: InstrumentSpec) -> str:
    return condition_in_words(condition, instrument) if condition else ""


def _plain(limit: object) -> str:
    return "" if limit is None else str(limit)
