"""Likeness of titles: what is given, what results."""

from ayni.methods.likeness import Text, alike, likeness
from tests.spec.tables import Example, Method, Row


def compared(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        near = likeness(Text("one", row["one"]), Text("other", row["other"]))
        is_near = bool(alike(Text("one", row["one"]), [Text("other", row["other"])]))
        found.append({"share": f"{near.share:.2f}", "common": str(near.common), "alike": "yes" if is_near else "no"})
    return found


LIKENESS = Method(
    "likeness",
    [
        Example(
            "Titles in two languages",
            """
            | one | other |
            | --- | --- |
            | registro unico de hogares | registro unico de familias |
            | programa de transferencias condicionadas | programme of conditional transfers |
            | registro social | cadastro unico |
            | desarrollo social | desenvolvimento social basico |
            """,
            compared,
            """
            | share | common | alike |
            | --- | --- | --- |
            | 0.67 | 2 | yes |
            | 1.00 | 3 | yes |
            | 0.00 | 0 | no |
            | 0.50 | 1 | no |
            """,
        ),
        Example(
            "One word in common is no likeness; short words and numbers do not count",
            """
            | one | other |
            | --- | --- |
            | salud | salud |
            | plan de la red 2010 | plan de la red 2010 |
            """,
            compared,
            """
            | share | common | alike |
            | --- | --- | --- |
            | 1.00 | 1 | no |
            | 1.00 | 1 | no |
            """,
        ),
    ],
)
