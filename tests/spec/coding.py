"""Examples of docs/methods/coding.md."""

from ayni.methods.agreement import agreement
from ayni.methods.passages import find_passage
from tests.spec.tables import Example, Method, Row, listed


def quoted(given: list[Row]) -> list[Row]:
    return [{"quote": find_passage(row["passage"], row["answer"]) or "refused"} for row in given]


def agreed(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        units = range(int(row["decisions"]))
        first, second = ([int(unit) for unit in listed(row[name])] for name in ("first gave", "second gave"))
        result = agreement(first, second, units)
        measures = {"same decisions": result.observed, "by chance": result.expected, "kappa": result.kappa}
        found.append({name: "cannot be said" if value is None else f"{value:.3f}" for name, value in measures.items()})
    return found


CODING = Method(
    "coding",
    [
        Example(
            "A passage is quoted word for word; only white space may be folded",
            """
            | answer | passage |
            |---|---|
            | El idioma es una barrera. | idioma es una |
            | El idioma es una barrera. | idioma   es una |
            | El idioma es una barrera. | idiomas es una |
            | El idioma es una barrera. | el idioma |
            """,
            quoted,
            """
            | quote |
            |---|
            | idioma es una |
            | idioma es una |
            | refused |
            | refused |
            """,
        ),
        Example(
            "Ten yes/no decisions (0 to 9) of two coders",
            """
            | decisions | first gave | second gave |
            |---|---|---|
            | 10 | 0, 1, 2 | 0, 1, 2 |
            | 10 | 0, 1, 2 | 0, 1, 3 |
            | 10 | 0, 1, 2, 3, 4 | 5, 6, 7, 8, 9 |
            | 10 | | |
            """,
            agreed,
            """
            | same decisions | by chance | kappa |
            |---|---|---|
            | 1.000 | 0.580 | 1.000 |
            | 0.800 | 0.580 | 0.524 |
            | 0.000 | 0.500 | -1.000 |
            | 1.000 | 1.000 | cannot be said |
            """,
        ),
    ],
)
