"""The supply and demand of a round: for each topic who offers and who seeks, with gaps and surpluses."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from ayni.directory.models import Concept
from ayni.exchange.models import Aim, Delegation, ExchangeRound, Interest, RoundProgramme
from ayni.exchange.queries.rounds.overview import bringing
from ayni.exchange.queries.rounds.reader import named

GAP, SURPLUS, BALANCED, EMPTY = "gap", "surplus", "balanced", "empty"


@dataclass(frozen=True, slots=True)
class TopicRow:
    """`offering`: those that bring a programme on the topic, or say that they want to share it; `seeking`: who wants to learn."""

    topic: Concept
    offering: tuple[Delegation, ...]
    seeking: tuple[Delegation, ...]
    programmes: int
    interests: int

    @property
    def state(self) -> str:
        """A gap: sought, and nobody offers it. A surplus: offered, and nobody seeks it."""
        if not self.offering and not self.seeking:
            return EMPTY
        if not self.offering:
            return GAP
        return BALANCED if self.seeking else SURPLUS


def topic_rows(round_: ExchangeRound) -> list[TopicRow]:
    """A row for each topic that the round touches, by its code, whichever version of the vocabulary it was chosen from."""
    delegations = {one.pk: one for one in named(round_.delegations.all())}
    offering: dict[str, set[int]] = {}
    seeking: dict[str, set[int]] = {}
    programmes: dict[str, int] = {}
    interests: dict[str, int] = {}
    for topic, owner in RoundProgramme.objects.filter(delegation__round=round_).values_list(
        "topic__code", "delegation_id"
    ):
        offering.setdefault(topic, set()).add(owner)
        programmes[topic] = programmes.get(topic, 0) + 1
    given = Interest.objects.filter(delegation__round=round_, withdrawn=False)
    for topic, owner, aim in given.values_list("topic__code", "delegation_id", "aim"):
        (seeking if aim == Aim.SEEK else offering).setdefault(topic, set()).add(owner)
        interests[topic] = interests.get(topic, 0) + 1
    touched = {*offering, *seeking}
    return [
        TopicRow(
            topic,
            _sorted([delegations[key] for key in offering.get(topic.code, ())]),
            _sorted([delegations[key] for key in seeking.get(topic.code, ())]),
            programmes.get(topic.code, 0),
            interests.get(topic.code, 0),
        )
        for topic in _topics(touched)
    ]


def _topics(codes: set[str]) -> list[Concept]:
    """A topic for each code: of the last version of the vocabulary that has it."""
    rows = Concept.objects.filter(scheme__code="topics", code__in=codes)
    chosen = {one.code: one for one in rows.order_by("scheme__version")}
    return sorted(chosen.values(), key=lambda one: (one.position, one.code))


def untouched(rows: Sequence[TopicRow]) -> list[Concept]:
    """The topics that nobody offers or seeks."""
    seen = [row.topic.code for row in rows]
    return list(Concept.objects.current("topics").exclude(code__in=seen))


def interests_about(round_: ExchangeRound, topic: Concept) -> "QuerySet[Interest]":
    """The interests behind a row of the matrix, the weightiest first."""
    return with_names(
        Interest.objects.filter(delegation__round=round_, topic__code=topic.code, withdrawn=False)
    ).order_by("aim", "-weight", "id")


def programmes_about(round_: ExchangeRound, topic: Concept) -> list[RoundProgramme]:
    return [one for one in bringing(round_) if one.topic.code == topic.code]


def with_names(interests: "QuerySet[Interest]") -> "QuerySet[Interest]":
    """With what a line about an interest says."""
    sides = ("delegation", "partner")
    return interests.select_related(
        "topic", "quadrant", "programme", *(f"{side}__{part}" for side in sides for part in ("country", "institution"))
    ).prefetch_related(*(f"{side}__institution__names" for side in sides))


def _sorted(delegations: list[Delegation]) -> tuple[Delegation, ...]:
    return tuple(sorted(delegations, key=lambda one: str(one).casefold()))
