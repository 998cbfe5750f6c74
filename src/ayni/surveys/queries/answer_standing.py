"""A round as an import of answers meets it: who may be answered for, what stands, and the questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.country_names import folded
from ayni.directory.models import Institution
from ayni.surveys.models import Answer, Round, RoundStatus
from ayni.surveys.queries.questions import AskedQuestion, asked_questions
from ayni.surveys.queries.responses import WITH_THE_RESPONDENT


@dataclass(frozen=True)
class Writer:
    """An invited institution. `closed` says why its answers cannot be changed now, by this person; empty when they can."""

    code: str
    name: str
    country: str
    keys: frozenset[str]
    closed: str = ""
    readable: bool = True
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def value(self, question: str) -> Any:
        """The answer that stands, or None."""
        answer = self.answers.get(question)
        return answer.value if answer else None

    def revision(self, question: str) -> int:
        """The number of the answer that stands, 0 when there is none."""
        answer = self.answers.get(question)
        return answer.revision if answer else 0


@dataclass(frozen=True)
class Standing:
    """Everything a sheet is compared with."""

    questions: Mapping[str, AskedQuestion]
    writers: Mapping[str, Writer]

    def writer(self, text: str) -> tuple[Writer | None, str]:
        """The institution of that code or name, or the sentence that says why there is none."""
        if not text:
            return None, _("The institution is missing. Write its code.")
        if text in self.writers:
            return self.writers[text], ""
        key = folded(text)
        found = [writer for writer in self.writers.values() if key in writer.keys]
        if len(found) == 1:
            return found[0], ""
        if found:
            codes = ", ".join(writer.code for writer in found)
            return None, _("“%(name)s” may be several institutions (%(codes)s). Write the code.") % {
                "name": text,
                "codes": codes,
            }
        names = {name: writer.code for writer in self.writers.values() for name in writer.keys}
        near = sorted({names[name] for name in get_close_matches(key, names, n=3, cutoff=0.75)})
        if near:
            return None, _("“%(name)s” is not invited to this round. Did you mean %(near)s?") % {
                "name": text,
                "near": ", ".join(near),
            }
        return None, _("“%(name)s” is not invited to this round. Check the code.") % {"name": text}

    def question(self, text: str, writer: Writer) -> tuple[AskedQuestion | None, str]:
        """The question of that code or printed number, as it is put to this institution."""
        found = self.questions.get(text)
        if found is None:
            numbered = [question for question in self.questions.values() if question.number == text.rstrip(".")]
            found = numbered[0] if len(numbered) == 1 and text else None
        if found is None:
            return None, _("The questionnaire has no question “%(code)s”. Write its code.") % {"code": text[:40]}
        return replace(found, own_country=writer.country), ""


def standing_of(round_: Round, allows: Callable[[Institution], bool]) -> Standing:
    """Read the round: its questions and its invited institutions; the answers of those that `allows` says yes to."""
    responses = {response.institution_id: response for response in round_.responses.all()}
    answers: dict[int, dict[str, Answer]] = {}
    invited = (
        Institution.objects.filter(invitations__round=round_)
        .select_related("country")
        .prefetch_related("names", "bodies__names")
    )
    everyone = list(invited.order_by("code"))
    open_to = {one.pk for one in everyone if allows(one)}
    for answer in Answer.objects.filter(response__round=round_, response__institution__in=open_to).select_related(
        "question"
    ):
        answers.setdefault(answer.response_id, {})[answer.question.code] = answer
    writers = {}
    for institution in everyone:
        response = responses.get(institution.pk)
        allowed = institution.pk in open_to
        closed = _closed(round_, response.status if response else "", allowed)
        writers[institution.code] = Writer(
            code=institution.code,
            name=institution.short_name,
            country=institution.country_id or "",
            keys=_keys(institution),
            closed=closed,
            readable=allowed,
            # What somebody else's institution has answered is not told.
            answers=answers.get(response.pk, {}) if response and allowed else {},
        )
    return Standing(asked_questions(round_.version), writers)


def _closed(round_: Round, status: str, allowed: bool) -> str:
    if not allowed:
        return _("You may not answer for this institution.")
    if round_.status != RoundStatus.OPEN:
        return _("The round is not open: answers can be neither given nor changed.")
    if status and status not in WITH_THE_RESPONDENT:
        return _("The answers of this institution are with the secretariat. Ask for them to be returned first.")
    return ""


def _keys(institution: Institution) -> frozenset[str]:
    """Folded code, acronyms and names; also with a body of its own behind them, and with the country before or after:
    "MDS (BRA)", "Brazil, MDS", "SEDESOL & Oportunidades"."""
    own = _names(institution) | {folded(institution.code)}
    for body in institution.bodies.all():
        own |= {
            f"{name} {joint}{part}"
            for name in _acronyms(institution)
            for part in _acronyms(body)
            for joint in ("", "and ")
        }
    country = institution.country
    homes = {folded(text) for text in [*country.name.values(), country.iso3]} if country else set()
    before = {f"{home} {name}" for home in homes for name in own}
    after = {f"{name} {home}" for home in homes for name in own}
    return frozenset(own | before | after)


def _acronyms(institution: Institution) -> set[str]:
    return {folded(name.acronym) for name in institution.names.all() if name.acronym}


def _names(institution: Institution) -> set[str]:
    return _acronyms(institution) | {folded(text) for name in institution.names.all() for text in name.name.values()}
