"""What the demonstration's exchange rounds brought: forms, potential actions, reviews and a selection. All content is fictional."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ayni.accounts.models import User
from ayni.common.reference import Row, table
from ayni.directory.models import Concept
from ayni.exchange.actions.rounds import committee, reports, steps
from ayni.exchange.models import Delegation, ExchangeRound, Meeting, MeetingState, PotentialAction
from ayni.exchange.queries.rounds.committee import judgements

REVIEWERS = ("observer", "expert", "national-coordinator")
# What each reviewer gives, one score for each criterion in turn; None is left open.
GIVEN = (
    (3, 2, 2, 3, 1),
    (2, 3, 2, 2, 2),
    (1, 2, 3, None, 1),
    (3, 3, 2, 2, 3),
    (2, None, 1, 1, 2),
)
COMMENTS = (
    "[Ficticio] Responde a una prioridad de las dos partes y tiene contraparte con nombre.",
    "[Ficticio] Falta decir quién paga los viajes.",
    "[Ficticio] La evidencia es buena; el plazo parece corto.",
)
SELECTED = "[Ficticio] Las dos instituciones ponen horas y personas, y puede comenzar en tres meses."
DECLINED = "[Ficticio] Aún no hay contraparte con horas; se propone retomarlo en la próxima rueda."


def fill_forms(*, by_side: Mapping[str, User], secretariat: User, round_: ExchangeRound) -> None:
    """The forms of `data/demo/rueda/reports.csv`, as far as the two delegations meet in this round."""
    coming = {one.code: one for one in round_.delegations.all()}
    meetings = {
        frozenset({one.one_id, one.other_id}): one for one in round_.meetings.filter(state=MeetingState.PLANNED)
    }
    terms = {scheme: _terms(scheme) for scheme in ("modalities", "topics")}
    for row in table("demo/rueda/reports.csv"):
        meeting = _meeting(row, coming, meetings)
        if meeting is not None:
            by = by_side.get(row["side"], secretariat)
            reports.save_report(by=by, meeting=meeting, delegation=coming[row["side"]], told=_told(row, terms))


def score(*, secretariat: User, reviewers: Iterable[User], round_: ExchangeRound) -> None:
    """Appoint the committee, and let it score all but the last action; countries' own people abstain."""
    people = list(reviewers)
    for user in people:
        committee.appoint_reviewer(by=secretariat, round=round_, user=user)
    steps.open_committee(by=secretariat, round=round_)
    round_.refresh_from_db()
    codes = [one.code for one in round_.criteria.parts.all()] if round_.criteria else []
    actions = list(round_.actions.select_related("meeting__one", "meeting__other", "round"))
    homes = committee_homes(people)
    for place, action in enumerate(actions[:-1] or actions):
        for number, user in enumerate(people):
            if homes[user.pk] & {action.meeting.one.country_id, action.meeting.other.country_id}:
                continue
            if (place + number) % 5 == 4:
                continue
            given = GIVEN[(place * 2 + number) % len(GIVEN)]
            scores = {code: value for code, value in zip(codes, given, strict=False) if value is not None}
            comment = COMMENTS[(place + number) % len(COMMENTS)]
            committee.give_review(by=user, action=action, scores=scores, comment=comment)


def select(*, secretariat: User, actions: Iterable[PotentialAction]) -> None:
    """Two of three are selected, where two reviewers have scored them."""
    for number, action in enumerate(actions):
        selected = number % 3 != 2 and judgements(action) >= committee.AT_LEAST
        committee.decide(by=secretariat, action=action, selected=selected, reason=SELECTED if selected else DECLINED)


def committee_homes(people: Iterable[User]) -> dict[int, set[str]]:
    return {user.pk: committee.own_countries(user) for user in people}


def _meeting(row: Row, coming: Mapping[str, Delegation], meetings: Mapping[frozenset[int], Meeting]) -> Meeting | None:
    if row["one"] not in coming or row["other"] not in coming:
        return None
    return meetings.get(frozenset({coming[row["one"]].pk, coming[row["other"]].pk}))


def _told(row: Row, terms: Mapping[str, Mapping[str, Concept]]) -> reports.Told:
    texts: dict[str, Any] = {name: row[name] for name in ("stance", "what", "why_not", "next_step", "contact")}
    return reports.Told(
        interest=int(row["interest"]),
        sees_action=row["sees_action"] == "yes",
        modality=terms["modalities"].get(row["modality"]),
        topic=terms["topics"].get(row["topic"]),
        next_on=date.fromisoformat(row["next_on"]) if row["next_on"] else None,
        **texts,
    )


def _terms(scheme: str) -> dict[str, Concept]:
    return {one.code: one for one in Concept.objects.current(scheme)}
