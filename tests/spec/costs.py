"""Examples of docs/methods/contributions.md and process.md."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from ayni.methods.contributions import Given, Rate, Rates, execution, expert_value, shares, total, totals
from ayni.methods.process import (
    Counterpart,
    Facts,
    Measured,
    Planned,
    double_validated,
    measure,
    pool,
)
from tests.spec.tables import Example, Method, Row

RATES = Rates(
    [
        Rate("BRL", date(2026, 3, 1), Decimal("5.00")),
        Rate("BRL", date(2026, 4, 1), Decimal("5.20")),
        Rate("CLP", date(2026, 3, 1), Decimal("950")),
    ]
)


def one(row: Row) -> Given:
    money = (Decimal(row["amount"]), row["currency"]) if row["amount"] else (None, "")
    return Given(
        row.get("who", "BR"),
        row.get("kind", "D011"),
        row["group"],
        Decimal(row.get("quantity") or 1),
        row.get("unit", "item"),
        date.fromisoformat(row.get("day", "2026-03-10")),
        *money,
    )


def counted(values: dict[str, object]) -> str:
    return ", ".join(f"{value} {name}" for name, value in values.items())


def converted(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        given_row = one(row | {"group": "B"})
        rate = RATES.at(given_row.currency, given_row.on)
        dollars = RATES.dollars(given_row.amount, given_row.currency, given_row.on)
        found.append(
            {
                "rate": f"{rate.per_dollar} of {rate.on}" if rate else "",
                "dollars": "" if dollars is None else f"{dollars}",
            }
        )
    return found


def summed(given: list[Row]) -> list[Row]:
    found = []
    for group, sums in totals([one(row) for row in given], lambda each: "all", RATES).items():
        for each in sums.values():
            money = each.money
            found.append(
                {
                    "group": group,
                    "quantities": counted(each.quantities),
                    "amounts": counted(money.by_currency) if money else "",
                    "dollars": f"{money.dollars}" if money else "",
                    "not converted": counted(money.missing) if money else "",
                }
            )
    return found


def parted(given: list[Row]) -> list[Row]:
    found = []
    for group in sorted({row["group"] for row in given}):
        rows = [one(row) for row in given if row["group"] == group]
        found += [
            {"group": group, "who": part.contributor, "in": part.measure, "share": str(part.share)}
            for part in shares(group, rows, RATES)
        ]
    return found


def carried_out(given: list[Row]) -> list[Row]:
    planned, executed = (
        total("A", [one(row) for row in given if row["stage"] == stage], RATES).money
        for stage in ("planned", "executed")
    )
    found = execution(executed, planned)
    if found is None:
        return [{"executed": "", "planned": "", "in": "", "share": "not known"}]
    share = str(found.share)
    return [{"executed": f"{found.executed}", "planned": f"{found.planned}", "in": found.measure, "share": share}]


def valued(given: list[Row]) -> list[Row]:
    return [{"value": f"{expert_value(Decimal(row['days']), Decimal(row['daily cost']))}"} for row in given]


CONTRIBUTIONS = Method(
    "contributions",
    [
        Example(
            "A rate holds from its day for 31 days: 5.00 BRL of 1 March and 5.20 of 1 April, 950 CLP of 1 March",
            """
            | amount | currency | day |
            |---|---|---|
            | 1000 | BRL | 2026-03-01 |
            | 1000 | BRL | 2026-03-31 |
            | 1000 | BRL | 2026-04-01 |
            | 1000 | BRL | 2026-05-02 |
            | 1000 | BRL | 2026-05-03 |
            | 1000 | BRL | 2026-02-28 |
            | 1000 | CLP | 2026-03-20 |
            | 1000 | USD | 2026-05-03 |
            """,
            converted,
            """
            | rate | dollars |
            |---|---|
            | 5.00 of 2026-03-01 | 200.00 |
            | 5.00 of 2026-03-01 | 200.00 |
            | 5.20 of 2026-04-01 | 192.31 |
            | 5.20 of 2026-04-01 | 192.31 |
            | | |
            | | |
            | 950 of 2026-03-01 | 1.05 |
            | | 1000 |
            """,
        ),
        Example(
            "Three groups, never added together; quantities beside values; what no rate converts is named and in no total",
            """
            | group | quantity | unit | amount | currency | day |
            |---|---|---|---|---|---|
            | A | 2 | journey | 800 | USD | 2026-03-10 |
            | A | 1 | journey | 1000 | BRL | 2026-03-10 |
            | B | 10 | expert-day | 1500 | BRL | 2026-03-10 |
            | B | 5 | expert-day | 900 | PEN | 2026-03-10 |
            | C | 40 | hour | | | 2026-03-10 |
            """,
            summed,
            """
            | group | quantities | amounts | dollars | not converted |
            |---|---|---|---|---|
            | A | 3 journey | 1000 BRL, 800 USD | 1000.00 | |
            | B | 15 expert-day | 1500 BRL, 900 PEN | 300.00 | 1 PEN |
            | C | 40 hour | | | |
            """,
        ),
        Example(
            "Shares: B in its one currency, A in dollars since all of it converts, C within a unit",
            """
            | group | who | quantity | unit | amount | currency |
            |---|---|---|---|---|---|
            | A | BR | 1 | item | 1000 | BRL |
            | A | CL | 1 | item | 600 | USD |
            | B | BR | 1 | item | 100 | PEN |
            | B | CL | 1 | item | 300 | PEN |
            | C | BR | 10 | hour | | |
            | C | CL | 30 | hour | | |
            | C | CL | 2 | item | | |
            """,
            parted,
            """
            | group | who | in | share |
            |---|---|---|---|
            | A | CL | USD | 3/4 |
            | A | BR | USD | 1/4 |
            | B | CL | PEN | 3/4 |
            | B | BR | PEN | 1/4 |
            | C | CL | hour | 3/4 |
            | C | BR | hour | 1/4 |
            | C | CL | item | 1 |
            """,
        ),
        Example(
            "With an amount that no rate converts the shares of the group are not known",
            """
            | group | who | amount | currency |
            |---|---|---|---|
            | A | BR | 1000 | BRL |
            | A | PE | 600 | PEN |
            """,
            parted,
            """
            | group | who | in | share |
            |---|---|---|---|
            """,
        ),
        Example(
            "Executed of planned, in the one currency of both",
            """
            | stage | group | amount | currency |
            |---|---|---|---|
            | planned | A | 2000 | PEN |
            | executed | A | 500 | PEN |
            | executed | A | 1000 | PEN |
            """,
            carried_out,
            """
            | executed | planned | in | share |
            |---|---|---|---|
            | 1500 | 2000 | PEN | 3/4 |
            """,
        ),
        Example(
            "Nothing executed is recorded: that is not zero",
            """
            | stage | group | amount | currency |
            |---|---|---|---|
            | planned | A | 2000 | PEN |
            """,
            carried_out,
            """
            | executed | planned | in | share |
            |---|---|---|---|
            | | | | not known |
            """,
        ),
        Example(
            "D011: days of an expert times the daily cost",
            """
            | days | daily cost |
            |---|---|
            | 2.5 | 180.50 |
            | 1.5 | 0.03 |
            """,
            valued,
            """
            | value |
            |---|
            | 451.25 |
            | 0.04 |
            """,
        ),
    ],
)

TODAY = date(2026, 6, 30)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def told(one: Measured) -> Row:
    value = one.value
    return {"value": one.why if value is None else str(value)}


def days(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        facts = Facts(*(day(row[name]) for name in ("asked", "answered", "approved", "begun")))
        measured = measure(facts, TODAY)
        found.append(
            {
                "response": told(measured["response-days"])["value"],
                "start": told(measured["start-days"])["value"],
            }
        )
    return found


def activities(given: list[Row]) -> list[Row]:
    rows = [
        Planned(
            date.fromisoformat(row["until"]),
            row["state"],
            int(row["hours"]) if row["hours"] else None,
            int(row["counterpart"]) if row["counterpart"] else None,
            int(row["interpreted"] or 0),
        )
        for row in given
    ]
    # Begun on 1 January, 20 hours a month promised by two counterparts together; one of them was replaced once.
    facts = Facts(began_on=date(2026, 1, 1), activities=rows, counterparts=[Counterpart(8, 2), Counterpart(12, 1)])
    found = measure(facts, TODAY)
    codes = ("activities-done", "counterpart-hours", "counterpart-turnover", "interpretation-hours")
    return [
        {
            "indicator": code,
            "numerator": f"{float(found[code].numerator):g}",
            "denominator": f"{float(found[code].denominator):.1f}",
            "value": f"{float(found[code].value):.3f}",
            "told by": f"{found[code].told} of {found[code].of}" if found[code].of is not None else "",
        }
        for code in codes
    ]


def pools(given: list[Row]) -> list[Row]:
    rows: dict[str, list[Measured]] = {}
    for row in given:
        code = row["indicator"]
        if row["numerator"]:
            values = (Fraction(row["numerator"]), Fraction(row["denominator"]), row["in"])
            rows.setdefault(code, []).append(Measured(code, *values))
        else:
            rows.setdefault(code, []).append(Measured(code, why="no-days"))
    return [
        {
            "indicator": code,
            "value": "" if (found := pool(code, measured)).value is None else str(found.value),
            "known": f"{found.known} of {found.of}",
        }
        for code, measured in rows.items()
    ]


def validated(given: list[Row]) -> list[Row]:
    found = double_validated([row["record"] for row in given])
    return [{"confirmed": f"{found.numerator}", "declared": f"{found.denominator}", "share": f"{found.value}"}]


PROCESS = Method(
    "process",
    [
        Example(
            "Days: where one of the two is not recorded, there is no number",
            """
            | asked | answered | approved | begun |
            |---|---|---|---|
            | 2026-01-10 | 2026-02-09 | 2026-03-01 | 2026-03-15 |
            | 2026-01-10 | | 2026-03-15 | 2026-03-01 |
            | | | 2026-03-01 | |
            """,
            days,
            """
            | response | start |
            |---|---|
            | 30 | 14 |
            | no-days | -14 |
            | no-days | no-days |
            """,
        ),
        Example(
            "On 30 June, begun on 1 January, with two counterparts who promised 8 and 12 hours a month, the first of them replaced once",
            """
            | until | state | hours | counterpart | interpreted |
            |---|---|---|---|---|
            | 2026-02-10 | done | 40 | 60 | 10 |
            | 2026-04-20 | done | 20 | | |
            | 2026-05-20 | done | | 30 | 8 |
            | 2026-06-01 | cancelled | | | |
            | 2026-06-15 | agreed | | | |
            | 2026-06-30 | agreed | | | |
            | 2026-09-15 | planned | | | |
            """,
            activities,
            """
            | indicator | numerator | denominator | value | told by |
            |---|---|---|---|---|
            | activities-done | 3 | 5.0 | 0.600 | |
            | counterpart-hours | 90 | 118.9 | 0.757 | 2 of 3 |
            | counterpart-turnover | 1 | 2.0 | 0.500 | |
            | interpretation-hours | 10 | 60.0 | 0.167 | 2 of 3 |
            """,
        ),
        Example(
            "Several initiatives together: shares over all, days by their median, money in dollars alone",
            """
            | indicator | numerator | denominator | in |
            |---|---|---|---|
            | activities-done | 9 | 10 | activities |
            | activities-done | 0 | 2 | activities |
            | activities-done | | | |
            | response-days | 10 | 1 | days |
            | response-days | 90 | 1 | days |
            | response-days | 20 | 1 | days |
            | budget-A | 50 | 100 | USD |
            | budget-A | 900 | 900 | BRL |
            """,
            pools,
            """
            | indicator | value | known |
            |---|---|---|
            | activities-done | 3/4 | 2 of 3 |
            | response-days | 20 | 3 of 3 |
            | budget-A | 1/2 | 1 of 2 |
            """,
        ),
        Example(
            "Of the records that a side has declared, those that every side confirms",
            """
            | record |
            |---|
            | published |
            | validated |
            | unilateral |
            | disputed |
            | private |
            """,
            validated,
            """
            | confirmed | declared | share |
            |---|---|---|
            | 2 | 4 | 1/2 |
            """,
        ),
    ],
)
