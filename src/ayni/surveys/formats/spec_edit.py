"""Changes of an instrument as plain values: each gives a new one, which is checked when it is made.

Raises SpecError for what cannot be, such as a condition on a question that would come later.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from ayni.surveys.formats.spec import InstrumentSpec, QuestionSpec, SectionSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.spec_json import instrument_to_json

Sections = list[SectionSpec]


def digest(instrument: InstrumentSpec) -> str:
    """Names an instrument's content: two that differ have different ones."""
    return hashlib.sha256(json.dumps(instrument_to_json(instrument), sort_keys=True).encode()).hexdigest()[:32]


def with_question(instrument: InstrumentSpec, section: str, question: QuestionSpec) -> InstrumentSpec:
    """The question in place of the one of its code, or at the end of `section`."""
    known = question.code in {asked.code for asked in instrument.questions()}

    def change(sections: Sections) -> Sections:
        return [
            replace(
                each, questions=tuple(question if asked.code == question.code else asked for asked in each.questions)
            )
            if known
            else replace(each, questions=(*each.questions, question) if each.code == section else each.questions)
            for each in sections
        ]

    return _changed(instrument, change)


def without_question(instrument: InstrumentSpec, code: str) -> InstrumentSpec:
    """Without the question; a section whose only question it was goes with it."""
    return _changed(instrument, lambda sections: [left for each in sections for left in _without(each, code)])


def _without(section: SectionSpec, code: str) -> Sections:
    questions = tuple(asked for asked in section.questions if asked.code != code)
    return [replace(section, questions=questions)] if questions else []


def moved_question(instrument: InstrumentSpec, code: str, *, up: bool) -> InstrumentSpec:
    """The question one place up or down, into the neighbouring section at the ends of its own."""
    places = [(at, question) for at, section in enumerate(instrument.sections) for question in section.questions]
    at = next((place for place, (_section, question) in enumerate(places) if question.code == code), None)
    if at is None:
        raise SpecError(_("There is no question “%(code)s”.") % {"code": code}, code)
    section, question = places[at]
    neighbour = at - 1 if up else at + 1
    if 0 <= neighbour < len(places) and places[neighbour][0] == section:
        places[at], places[neighbour] = places[neighbour], places[at]
    else:
        beside = section - 1 if up else section + 1
        if not 0 <= beside < len(instrument.sections):
            return instrument
        places[at] = (beside, question)
    return _changed(
        instrument,
        lambda sections: [
            replace(each, questions=tuple(asked for where, asked in places if where == number))
            for number, each in enumerate(sections)
            if any(where == number for where, _asked in places)
        ],
    )


def with_section(instrument: InstrumentSpec, section: SectionSpec) -> InstrumentSpec:
    """The section in place of the one of its code, or at the end."""
    if any(each.code == section.code for each in instrument.sections):
        return _changed(
            instrument, lambda sections: [section if each.code == section.code else each for each in sections]
        )
    return _changed(instrument, lambda sections: [*sections, section])


def without_section(instrument: InstrumentSpec, code: str) -> InstrumentSpec:
    """Without the section and its questions."""
    return _changed(instrument, lambda sections: [each for each in sections if each.code != code])


def moved_section(instrument: InstrumentSpec, code: str, *, up: bool) -> InstrumentSpec:
    """The section one place up or down; nothing happens at the ends."""

    def change(sections: Sections) -> Sections:
        at = next((place for place, each in enumerate(sections) if each.code == code), -1)
        other = at - 1 if up else at + 1
        if at >= 0 and 0 <= other < len(sections):
            sections[at], sections[other] = sections[other], sections[at]
        return sections

    return _changed(instrument, change)


def _changed(instrument: InstrumentSpec, change: Callable[[Sections], Sections]) -> InstrumentSpec:
    return replace(instrument, sections=tuple(change(list(instrument.sections))))
