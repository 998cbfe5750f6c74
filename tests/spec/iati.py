"""What the judges of IATI files say, as tables: what is put into an activity that is otherwise right, and what is found."""

import tempfile
from datetime import date
from pathlib import Path

from ayni.iati.findings import Finding
from ayni.iati.validate import Judges, validate
from tests.spec.tables import Example, Method, Row

TODAY = date(2026, 11, 30)
BEFORE = (
    '<iati-activity xml:lang="es" default-currency="USD" last-updated-datetime="2026-01-01T00:00:00Z">'
    "<iati-identifier>XX-1-7</iati-identifier>"
    '<reporting-org ref="XX-1" type="10"><narrative>Agencia</narrative></reporting-org>'
    "<title><narrative>Registro</narrative></title><description><narrative>Registro de hogares</narrative></description>"
    '<participating-org ref="XX-1" role="4"/><activity-status code="2"/>'
)
START, PLACE, SECTOR = (
    '<activity-date type="2" iso-date="2025-01-01"/>',
    '<recipient-country code="BO"/>',
    '<sector vocabulary="1" code="16010"/>',
)


def _found(inner: str, version: str) -> list[Finding]:
    """What is found when `inner` stands in the activity, where the standard's order wants it; what it lacks is added."""
    start = "" if "<activity-date" in inner else START
    place = "" if "<recipient-" in inner else PLACE
    sector = "" if "<sector" in inner else SECTOR
    text = start + place + inner + sector if "<activity-date" not in inner else inner + place + sector
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.xml"
        path.write_text(f'<iati-activities version="{version}">\n{BEFORE}{text}</iati-activity></iati-activities>')
        return validate(path, Judges(TODAY), processes=1).findings


def judged(rows: list[Row]) -> list[Row]:
    """The first finding of each row."""
    told = []
    for row in rows:
        found = _found(row["in the activity"].strip("`"), row.get("version", "2.03"))
        first = found[0] if found else None
        told.append(
            {
                "case": row["case"],
                "severity": str(first.severity) if first else "none",
                "rule": first.rule if first else "",
                "path": first.path.removeprefix("/iati-activities/iati-activity[1]").lstrip("/") if first else "",
            }
        )
    return told


IATI = Method(
    "iati",
    [
        Example(
            "Three judges that stay apart",
            """
            | case | in the activity |
            | --- | --- |
            | nothing wrong | |
            | a day that is none | `<activity-date type="1" iso-date="2025-13-01"/>` |
            | a code of no list | `<activity-date type="7" iso-date="2025-01-01"/><activity-date type="2" iso-date="2025-01-01"/>` |
            | a start still to come | `<activity-date type="2" iso-date="2027-01-01"/>` |
            """,
            judged,
            """
            | case | severity | rule | path |
            | --- | --- | --- | --- |
            | nothing wrong | none | | |
            | a day that is none | schema | SCHEMAV_CVC_DATATYPE_VALID_1_2_1 | activity-date[1] |
            | a code of no list | codelist | ActivityDateType | activity-date[1]/@type |
            | a start still to come | ruleset | 11.1.4 | activity-date[1]/@iso-date |
            """,
        ),
        Example(
            "Shares of 100 per cent",
            """
            | case | in the activity |
            | --- | --- |
            | 60 and 40 | `<sector vocabulary="1" code="16010" percentage="60"/><sector vocabulary="1" code="11110" percentage="40"/>` |
            | 60 and 50 | `<sector vocabulary="1" code="16010" percentage="60"/><sector vocabulary="1" code="11110" percentage="50"/>` |
            | 60 and none | `<sector vocabulary="1" code="16010" percentage="60"/><sector vocabulary="1" code="11110"/>` |
            | one alone with 90 | `<sector vocabulary="1" code="16010" percentage="90"/>` |
            | country 70, region none | `<recipient-country code="BO" percentage="70"/><recipient-region vocabulary="1" code="489"/>` |
            """,
            judged,
            """
            | case | severity | rule | path |
            | --- | --- | --- | --- |
            | 60 and 40 | none | | |
            | 60 and 50 | ruleset | 2.1.2 | sector[1]/@percentage |
            | 60 and none | ruleset | 2.1.1 | sector[2] |
            | one alone with 90 | ruleset | 2.1.4 | sector[1] |
            | country 70, region none | ruleset | 3.4.2 | recipient-country[1]/@percentage |
            """,
        ),
        Example(
            "Versions: what an older file uses of a younger one",
            """
            | case | version | in the activity |
            | --- | --- | --- |
            | tag in 2.03 | 2.03 | `<sector vocabulary="1" code="16010"/><tag vocabulary="1" code="x"/>` |
            | tag in 2.02 | 2.02 | `<sector vocabulary="1" code="16010"/><tag vocabulary="1" code="x"/>` |
            | a version that is none of ours | 1.05 | |
            """,
            judged,
            """
            | case | severity | rule | path |
            | --- | --- | --- | --- |
            | tag in 2.03 | none | | |
            | tag in 2.02 | schema | version | tag[1] |
            | a version that is none of ours | schema | version | iati-activities/@version |
            """,
        ),
    ],
)
