"""What a work plan comes to: how far it is, who took part, hours, the share that was interpreted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ayni.methods.schedule import Span, merged
from ayni.registry.models import Activity, ActivityState
from ayni.registry.queries.plan.lists import Row


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of activities by state; sums over those done. None: nobody has said."""

    planned: int
    agreed: int
    done: int
    cancelled: int
    overdue: int
    women: int | None
    men: int | None
    others: int | None
    hours: int | None
    counterpart_hours: int | None
    journeys: int | None
    interpretation_hours: int
    # Of the hours of activities that told them.
    interpretation_share: float | None
    reported: int

    @property
    def standing(self) -> int:
        """All that are not cancelled."""
        return self.planned + self.agreed + self.done

    @property
    def share(self) -> int | None:
        """The share interpreted, in whole hundredths."""
        return None if self.interpretation_share is None else round(100 * self.interpretation_share)

    @property
    def people(self) -> int | None:
        """Everybody who took part."""
        told = [one for one in (self.women, self.men, self.others) if one is not None]
        return sum(told) if told else None


@dataclass(frozen=True, slots=True)
class Timetable:
    """What every side has agreed on: how many activities, from when to when, on how many days."""

    count: int
    of: int
    spans: tuple[Span, ...]

    @property
    def first(self) -> date:
        return self.spans[0].first

    @property
    def last(self) -> date:
        return self.spans[-1].last

    @property
    def days(self) -> int:
        return sum(span.days for span in self.spans)


def totals(rows: Sequence[Row]) -> Totals:
    """The totals of a plan."""
    states = [row.activity.state for row in rows]
    done = [row.activity for row in rows if row.activity.state == ActivityState.DONE]
    timed = [one for one in done if one.hours]
    hours = sum(one.hours or 0 for one in timed)
    return Totals(
        planned=states.count(ActivityState.PLANNED),
        agreed=states.count(ActivityState.AGREED),
        done=len(done),
        cancelled=states.count(ActivityState.CANCELLED),
        overdue=sum(row.overdue for row in rows),
        women=_sum(one.women for one in done),
        men=_sum(one.men for one in done),
        others=_sum(one.others for one in done),
        hours=_sum(one.hours for one in done),
        counterpart_hours=_sum(one.counterpart_hours for one in done),
        journeys=_sum(one.journeys for one in done),
        interpretation_hours=sum(one.interpretation_hours for one in done),
        interpretation_share=sum(one.interpretation_hours for one in timed) / hours if hours else None,
        reported=sum(_tells_people(one) for one in done),
    )


def timetable(rows: Sequence[Row]) -> Timetable | None:
    """The joint timetable; None while no dates are agreed on."""
    stand = [row for row in rows if row.activity.state != ActivityState.CANCELLED]
    agreed = [row for row in stand if row.activity.state in (ActivityState.AGREED, ActivityState.DONE)]
    if not agreed:
        return None
    return Timetable(len(agreed), len(stand), tuple(merged(row.span for row in agreed)))


def _tells_people(activity: Activity) -> bool:
    return any(one is not None for one in (activity.women, activity.men, activity.others))


def _sum(values: Iterable[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None
