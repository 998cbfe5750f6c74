"""Examples of docs/methods/calendar.md."""

from ayni.methods.missions.calendar import Lack, schedule
from ayni.methods.missions.problem import Part
from ayni.methods.missions.roster import Expert, Roster
from tests.spec.tables import Example, Method, Row, listed

# Ten days of system design, then six of programme management, both by the experts of one offer.
PARTS = (Part("Q1", "registry", "BRA", 10), Part("Q4", "registry", "BRA", 6))


def calendar(given: list[Row]) -> list[Row]:
    """Each row is an expert: qualified for these quadrants, free days in January to April."""
    experts = [
        Expert(
            row["expert"],
            frozenset({"registry"}),
            frozenset(listed(row["quadrants"])),
            {f"2027-{month}": float(row[month]) for month in ("01", "02", "03", "04")},
            float(row["cost"]),
        )
        for row in given
    ]
    found = schedule(PARTS, Roster(experts))
    if isinstance(found, Lack):
        return [{"reason": found.reason, "quadrants": ", ".join(found.quadrants), "days": f"{found.days:g}"}]
    return [
        {"month": one.month, "quadrant": one.quadrant, "expert": one.expert, "days": f"{one.days:g}"}
        for one in found.work
    ]


CALENDAR = Method(
    "calendar",
    [
        Example(
            "Q1 takes ten days and Q4 six: Q4 waits for the month after Q1 ends, and the cheaper expert does what he or she can",
            """
            | expert | quadrants | 01 | 02 | 03 | 04 | cost |
            |---|---|---|---|---|---|---|
            | Ana | Q1, Q4 | 4 | 4 | 4 | 4 | 300 |
            | Rui | Q1, Q4 | 5 | 5 | 5 | 5 | 200 |
            """,
            calendar,
            """
            | month | quadrant | expert | days |
            |---|---|---|---|
            | 2027-01 | Q1 | Rui | 5 |
            | 2027-02 | Q1 | Rui | 5 |
            | 2027-03 | Q4 | Ana | 1 |
            | 2027-03 | Q4 | Rui | 5 |
            """,
        ),
        Example(
            "Two days lack for Q4, however the months are divided",
            """
            | expert | quadrants | 01 | 02 | 03 | 04 | cost |
            |---|---|---|---|---|---|---|
            | Ana | Q1, Q4 | 5 | 5 | 0 | 4 | 300 |
            """,
            calendar,
            """
            | reason | quadrants | days |
            |---|---|---|
            | no-days | Q4 | 2 |
            """,
        ),
        Example(
            "Nobody is qualified for Q4",
            """
            | expert | quadrants | 01 | 02 | 03 | 04 | cost |
            |---|---|---|---|---|---|---|
            | Rui | Q1 | 9 | 9 | 9 | 9 | 200 |
            """,
            calendar,
            """
            | reason | quadrants | days |
            |---|---|---|
            | no-expert | Q4 | 6 |
            """,
        ),
    ],
)
