"""Exchange rounds as the tests make them: three delegations of three countries, four slots, two rooms."""

from datetime import date, time, timedelta

from ayni.directory.models import Concept, Country, Institution
from ayni.exchange.actions.rounds import committee, delegations, setting_up, steps
from ayni.exchange.actions.rounds.interests import Wanted, add_interest
from ayni.exchange.actions.rounds.reports import Told, save_report
from ayni.exchange.actions.rounds.timetable import save_timetable
from ayni.exchange.models import Delegation, ExchangeRound, RoundState, TimeSlot
from ayni.exchange.queries.rounds.plan import read_plan
from ayni.exchange.queries.rounds.planning import solve

DAY = date(2027, 3, 10)
TEXT = {"es": "Prueba", "en": "Trial"}
WHO = (("BR-MDS", None, ("pt",)), (None, "CHL", ("es",)), ("CO-DPS", None, ("es", "pt")))


def frame(**changes) -> setting_up.RoundFrame:
    values = {
        "title": TEXT,
        "place": TEXT,
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=1),
        "interests_until": DAY - timedelta(days=10),
        "time_zone": "America/Bogota",
        "languages": ("es", "pt"),
    }
    return setting_up.RoundFrame(**(values | changes))


def topic(code: str = "single-registry") -> Concept:
    return Concept.objects.current("topics").get(code=code)


def prepared(code: str = "trial", slots: int = 4, rooms: int = 2) -> ExchangeRound:
    """A draft with its delegations BR-MDS (pt), CHL (es) and CO-DPS (es, pt), one interpreter es-pt."""
    round_ = setting_up.create_exchange_round(by=None, code=code, frame=frame())
    for institution, country, languages in WHO:
        delegations.add_delegation(
            by=None,
            round=round_,
            institution=Institution.objects.get(code=institution) if institution else None,
            country=Country.objects.get(pk=country) if country else None,
            languages=languages,
        )
    for number in range(slots):
        hours = {"starts_at": time(9 + number, 0), "ends_at": time(9 + number, 40)}
        setting_up.add_slot(by=None, round=round_, day=DAY, is_break=False, **hours)
    setting_up.add_slot(
        by=None, round=round_, day=DAY + timedelta(days=1), starts_at=time(10), ends_at=time(11), is_break=True
    )
    for number in range(rooms):
        setting_up.add_room(by=None, round=round_, name=f"Room {number + 1}")
    setting_up.set_interpreters(by=None, round=round_, pair=("es", "pt"), count=1)
    return round_


def one(round_: ExchangeRound, code: str) -> Delegation:
    return round_.delegations.get(code=code)


def want(round_: ExchangeRound, who: str, whom: str, weight: int = 2, **more):
    wanted = Wanted(partner=one(round_, whom), aim="seek", topic=topic(), weight=weight, **more)
    return add_interest(by=None, delegation=one(round_, who), wanted=wanted)


def free_slot(round_: ExchangeRound) -> TimeSlot:
    """A slot for meetings in which none is planned."""
    return round_.slots.filter(is_break=False).exclude(meetings__state="planned").first()


def plan(round_: ExchangeRound, repair: str = ""):
    """Solve and keep."""
    return save_timetable(by=None, round=round_, found=solve(read_plan(round_), repair=repair))


def in_state(state: str, code: str = "trial") -> ExchangeRound:
    """A round that stands at `state`, as far as a round goes without forms."""
    round_ = prepared(code)
    if state == RoundState.DRAFT:
        return round_
    steps.open_interests(by=None, round=round_)
    for who, whom in (("BR-MDS", "CHL"), ("CHL", "CO-DPS"), ("CO-DPS", "BR-MDS")):
        want(round_, who, whom)
    if state != RoundState.INTERESTS:
        steps.close_interests(by=None, round=round_)
        plan(round_)
    if state not in (RoundState.INTERESTS, RoundState.PLANNING):
        ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.RUNNING)
    round_.refresh_from_db()
    return round_


def told(**values) -> Told:
    """A form that sees an action, unless told otherwise."""
    if values.get("sees_action", True):
        modality = Concept.objects.current("modalities").get(code="field-visits")
        whole = {"sees_action": True, "stance": "offer", "modality": modality, "topic": topic(), "what": "A visit"}
    else:
        whole = {"why_not": "No hours"}
    return Told(**({"interest": 2} | whole | values))


def both_see(meeting, one_stance: str = "offer", other_stance: str = "receive"):
    """Both sides fill their form and see an action, which is returned."""
    for side, stance in ((meeting.one, one_stance), (meeting.other, other_stance)):
        save_report(by=None, meeting=meeting, delegation=side, told=told(stance=stance))
    return meeting.round.actions.get(meeting=meeting)


def judged(action, *people):
    """The action, scored by each of the people."""
    for user in people:
        scores = {part.code: 2 for part in action.round.criteria.parts.all()}
        committee.give_review(by=user, action=action, scores=scores, comment="Good")
    return action


def in_committee(reviewers, code: str = "trial") -> ExchangeRound:
    """A round with one potential action of each meeting, whose committee scores."""
    round_ = in_state(RoundState.RUNNING, code)
    for meeting in round_.meetings.all():
        both_see(meeting)
    steps.close_forms(by=None, round=round_)
    for user in reviewers:
        committee.appoint_reviewer(by=None, round=round_, user=user)
    return steps.open_committee(by=None, round=round_)
