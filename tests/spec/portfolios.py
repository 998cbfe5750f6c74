"""Examples of docs/methods/fairness.md."""

from ayni.methods.missions.fairness import days_of, fair_portfolio
from ayni.methods.missions.problem import Demand, Fit, Offer, Problem
from tests.spec.tables import Example, Method, Row

Q1, SPANISH = frozenset({"Q1"}), frozenset({"es"})


def shared_out(given: list[Row]) -> list[Row]:
    """Each row is a fit of a demand for ten days with the offer of a country that has 40."""
    offers = [Offer(country, country, Q1, SPANISH, 40) for country in {row["offer of"] for row in given}]
    demands = [Demand(name, name, SPANISH, {"Q1": 10}) for name in {row["demand of"] for row in given}]
    fits = [Fit(row["demand of"], row["offer of"], "Q1", float(row["fit"])) for row in given]
    found = []
    for price in (0.0, 0.02, 0.2):
        fair = fair_portfolio(Problem(offers, demands, fits), price=price)
        days = days_of(fair.plan.missions)
        found.append(
            {
                "price, at most": f"{price:.0%}",
                "days of each country": ", ".join(f"{country} {given:g}" for country, given in days.items()),
                "worth": f"{fair.plan.objective:.2f}",
                "price paid": f"{fair.price:.1%}",
                "proved": "yes" if fair.is_proved else "no",
            }
        )
    return found


FAIRNESS = Method(
    "fairness",
    [
        Example(
            "Three countries ask for ten days each; Brazil fits best everywhere",
            """
            | demand of | offer of | fit |
            |---|---|---|
            | PRY | BRA | 0.90 |
            | PRY | CHL | 0.88 |
            | BOL | BRA | 0.90 |
            | BOL | CHL | 0.70 |
            | HND | BRA | 0.90 |
            | HND | COL | 0.75 |
            """,
            shared_out,
            """
            | price, at most | days of each country | worth | price paid | proved |
            |---|---|---|---|---|
            | 0% | BRA 30 | 2.70 | 0.0% | yes |
            | 2% | BRA 20, CHL 10 | 2.68 | 0.7% | yes |
            | 20% | BRA 10, CHL 10, COL 10 | 2.53 | 6.3% | yes |
            """,
        )
    ],
)
