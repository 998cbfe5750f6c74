"""Examples of docs/methods/results.md."""

from datetime import date
from decimal import Decimal

from ayni.methods.results.progress import progress
from ayni.methods.results.tree import Node, Span, Way, roll_up
from ayni.methods.results.values import (
    Measure,
    Measured,
    NotApplicable,
    Percentage,
    Score,
    Tally,
    Units,
    Value,
    over_periods,
    tally,
)
from tests.spec.tables import Example, Method, Row, listed


def value(measure: Measure, text: str) -> Value:
    """`12`, `3/4`, or `n/a`."""
    if text == "n/a":
        return NotApplicable()
    if measure == Measure.PERCENTAGE:
        numerator, denominator = text.split("/")
        return Percentage(Decimal(numerator), Decimal(denominator))
    return Units(Decimal(text)) if measure == Measure.UNIT else Score(Decimal(text))


def shown(found: Tally) -> str:
    if found.value is None:
        return "n/a" if found.not_applicable else ""
    return f"{found.value:g}"


def over_institutions(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        measure = Measure(row["measure"])
        told = [Measured(value(measure, one)) for one in listed(row["approved"])]
        told += [Measured(value(measure, one), approved=False) for one in listed(row["submitted"])]
        result = tally(measure, told)
        found.append({"value": shown(result), "numbers": f"{result.count}", "n/a": f"{result.not_applicable}"})
    return found


def in_order(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        measure = Measure(row["measure"])
        tallies = [
            tally(measure, [] if one == "none" else [Measured(value(measure, one))]) for one in listed(row["periods"])
        ]
        found.append({"together": shown(over_periods(measure, tallies, cumulative=row["cumulative"] == "yes"))})
    return found


def ways(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        numbers = [Decimal(row[name]) if row[name] else None for name in ("value", "baseline", "target")]
        one = progress(*numbers, ascending=row["better"] == "more")
        found.append(
            {
                "share": "" if one.share is None else f"{one.share:.2f}",
                "bar": "" if one.bar is None else f"{one.bar:.2f}",
                "reached": {None: "", True: "yes", False: "no"}[one.met],
                "why not": one.why or "",
            }
        )
    return found


def rolled(given: list[Row]) -> list[Row]:
    """The first row is the programme, the others roll into it; two years each."""
    measure = Measure(given[0]["measure"])
    way = Way(measure, cumulative=given[0]["cumulative"] == "yes")
    nodes, approved = [], {}
    for number, row in enumerate(given):
        spans = tuple(
            Span(number * 10 + place, date(year, 1, 1), date(year, 12, 31)) for place, year in enumerate((2025, 2026))
        )
        nodes.append(Node(number, way, 0 if number else None, spans))
        for span, year in zip(spans, ("2025", "2026"), strict=True):
            if row[year]:
                approved[span.key] = tally(measure, [Measured(value(measure, row[year]))])
    found = roll_up(nodes, approved)[0]
    return [
        {"year": year, "value": shown(found.total[place]), "reported": f"{found.told[place]} of {len(given) - 1}"}
        for place, year in enumerate(("2025", "2026"))
    ]


RESULTS = Method(
    "results",
    [
        Example(
            "One period of one indicator: only approved values count, what does not apply is no number, percentages are added by their "
            "two numbers",
            """
            | measure | approved | submitted |
            |---|---|---|
            | unit | 12, 30, n/a | 100 |
            | percentage | 9/10, 10/90 | |
            | score | 4, 2, n/a | 5 |
            | unit | n/a | |
            | unit | | 7 |
            """,
            over_institutions,
            """
            | value | numbers | n/a |
            |---|---|---|
            | 42 | 2 | 1 |
            | 19 | 2 | 0 |
            | 3 | 2 | 1 |
            | n/a | 0 | 1 |
            | | 0 | 0 |
            """,
        ),
        Example(
            "Periods in their order; none was not reported",
            """
            | measure | cumulative | periods |
            |---|---|---|
            | unit | no | 10, 20, none |
            | unit | yes | 10, 20, none |
            | percentage | no | 1/2, 1/8 |
            | score | no | 2, 4 |
            """,
            in_order,
            """
            | together |
            |---|
            | 30 |
            | 20 |
            | 20 |
            | 4 |
            """,
        ),
        Example(
            "Progress, with more or with less being better",
            """
            | better | baseline | target | value |
            |---|---|---|---|
            | more | 20 | 100 | 60 |
            | more | 20 | 100 | 120 |
            | more | 20 | 100 | 12 |
            | less | 120 | 45 | 75 |
            | more | | 50 | 30 |
            | less | | 45 | 40 |
            | more | 90 | 90 | 91 |
            | less | 20 | 100 | 60 |
            | more | 20 | 100 | |
            """,
            ways,
            """
            | share | bar | reached | why not |
            |---|---|---|---|
            | 0.50 | 0.50 | no | |
            | 1.25 | 1.00 | yes | |
            | -0.10 | 0.00 | no | |
            | 0.60 | 0.60 | no | |
            | 0.60 | 0.60 | no | |
            | | | yes | no-baseline |
            | | | yes | hold |
            | | | yes | against |
            | | | | no-value |
            """,
        ),
        Example(
            "A programme and three projects, families in each year: what the programme measured itself counts beside them",
            """
            | frame | measure | cumulative | 2025 | 2026 |
            |---|---|---|---|---|
            | programme | unit | no | 5 | |
            | project A | unit | no | 10 | 20 |
            | project B | unit | no | 30 | |
            | project C | unit | no | n/a | |
            """,
            rolled,
            """
            | year | value | reported |
            |---|---|---|
            | 2025 | 45 | 3 of 3 |
            | 2026 | 20 | 1 of 3 |
            """,
        ),
        Example(
            "The same, cumulative: a project that is late keeps what it had reached",
            """
            | frame | measure | cumulative | 2025 | 2026 |
            |---|---|---|---|---|
            | programme | unit | yes | | |
            | project A | unit | yes | 10 | 20 |
            | project B | unit | yes | 30 | |
            """,
            rolled,
            """
            | year | value | reported |
            |---|---|---|
            | 2025 | 40 | 2 of 2 |
            | 2026 | 50 | 1 of 2 |
            """,
        ),
    ],
)
