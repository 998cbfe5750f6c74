"""Examples of docs/methods/schedule.md."""

from datetime import date

from ayni.methods.schedule import Span, axis, lanes, merged, overlaps
from tests.spec.tables import Example, Method, Row


def span(row: Row) -> Span:
    return Span(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))


def laid(given: list[Row]) -> list[Row]:
    spans = [span(row) for row in given]
    pairs = overlaps(spans)
    met: dict[int, list[str]] = {}
    for one, other in pairs:
        met.setdefault(one, []).append(given[other]["activity"])
        met.setdefault(other, []).append(given[one]["activity"])
    return [
        {"activity": row["activity"], "lane": str(lane), "at the same time as": ", ".join(sorted(met.get(number, [])))}
        for number, (row, lane) in enumerate(zip(given, lanes(spans), strict=True))
    ]


def joined(given: list[Row]) -> list[Row]:
    found = merged(span(row) for row in given)
    return [{"first": f"{one.first}", "last": f"{one.last}", "days": f"{one.days}"} for one in found]


def placed(given: list[Row]) -> list[Row]:
    spans = [span(row) for row in given]
    along = axis(spans)
    return [
        {
            "activity": row["activity"],
            "from": f"{float(along.share(one.first)):.3f}",
            "width": f"{float(along.width(one)):.3f}",
            "ticks": f"{len(along.ticks)} of a {along.unit}",
        }
        for row, one in zip(given, spans, strict=True)
    ]


SCHEDULE = Method(
    "schedule",
    [
        Example(
            "The course meets both visits, which do not meet one another: two lanes are enough",
            """
            | activity | first | last |
            |---|---|---|
            | course | 2026-11-02 | 2026-11-20 |
            | visit | 2026-11-04 | 2026-11-06 |
            | second visit | 2026-11-09 | 2026-11-13 |
            | videoconference | 2026-11-23 | 2026-11-23 |
            """,
            laid,
            """
            | activity | lane | at the same time as |
            |---|---|---|
            | course | 0 | second visit, visit |
            | visit | 1 | course |
            | second visit | 1 | course |
            | videoconference | 0 | |
            """,
        ),
        Example(
            "Days that meet or follow one another become one span of the joint timetable",
            """
            | activity | first | last |
            |---|---|---|
            | visit | 2026-11-04 | 2026-11-06 |
            | course | 2026-11-05 | 2026-11-10 |
            | workshop | 2026-11-11 | 2026-11-11 |
            | videoconference | 2026-11-23 | 2026-11-23 |
            """,
            joined,
            """
            | first | last | days |
            |---|---|---|
            | 2026-11-04 | 2026-11-11 | 8 |
            | 2026-11-23 | 2026-11-23 | 1 |
            """,
        ),
        Example(
            "Three weeks make the axis, from Monday to Sunday: 21 days",
            """
            | activity | first | last |
            |---|---|---|
            | visit | 2026-11-04 | 2026-11-06 |
            | videoconference | 2026-11-20 | 2026-11-20 |
            """,
            placed,
            """
            | activity | from | width | ticks |
            |---|---|---|---|
            | visit | 0.095 | 0.143 | 3 of a week |
            | videoconference | 0.857 | 0.048 | 3 of a week |
            """,
        ),
    ],
)
