"""The judges with their short cuts (start tags, screens in one style sheet) say what they say without them."""

from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from ayni.iati.codelists import shipped
from ayni.iati.coding import code_findings, mapping
from ayni.iati.parsing import Part, parser
from ayni.iati.rules.engine import broken
from ayni.iati.rules.language import Terms
from ayni.iati.rules.standard import standard_cases
from ayni.iati.source import Header
from ayni.iati.tags import tags_of

TODAY = date(2026, 11, 30)
HEADER = Header(Path("x"), "iati-activities", "2.03", "utf-8", b"", 0, 1, False)
CODES = ["1", "2", "98", "99", "", "a&amp;b", "ñ", " 1", "16010"]
DAYS = ["2020-01-01", "2021-01-01", "2021-01-02", "2027-01-01", " 2020-02-29", "2020-02-29Z", "soon", ""]
SHARES = [
    "100",
    "50",
    "0",
    "-1",
    "x",
    "",
    "33.3",
    "66.7",
    "100.0",
    " 50 ",
    "5e1",
    "100e",
    "1e-",
    "-1e-400",
    "100.00000000000000000001",
]
REFS = ["XX-1", "XX-1-1", " XX-1", "\u00a0XX-1", "XX|1", "X&amp;1", "XÑ", ""]
VALUES = {
    "percentage": SHARES,
    "iso-date": DAYS,
    "value-date": DAYS,
    "last-updated-datetime": DAYS,
    "ref": REFS,
    "activity-id": REFS,
    "provider-activity-id": REFS,
    "receiver-activity-id": REFS,
    "xml:lang": ["en", "xx", ""],
    "default-currency": ["USD", "??"],
    "currency": ["USD", ""],
    "value": ["1", "many", "&#49;"],
    "title": ["a>b"],
}
TEXTS = st.sampled_from(
    ["", "", " ", "word", "<!-- <narrative>no</narrative> -->", "<![CDATA[<sector code='x'>]]>", "&#38;"]
)
ELEMENTS = {
    "": "iati-identifier reporting-org other-identifier title description participating-org activity-date sector recipient-country "
    "recipient-region country-budget-items policy-marker budget planned-disbursement capital-spend transaction default-aid-type "
    "related-activity result narrative",
    "transaction": "transaction-date value provider-org receiver-org sector recipient-country recipient-region aid-type description",
    "budget": "period-start period-end value",
    "planned-disbursement": "period-start period-end provider-org receiver-org value",
    "country-budget-items": "budget-item",
    "result": "title reference indicator",
    "indicator": "reference baseline period",
    "period": "period-start period-end target actual",
    "other-identifier": "owner-org",
}
ATTRIBUTES = ["vocabulary", "code", "type", "role", "measure", "significance", "budget-not-provided", *VALUES]


@st.composite
def element(draw, name, depth=0):
    chosen = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=4, unique=True))
    said = "".join(f' {each}="{draw(st.sampled_from(VALUES.get(each, CODES)))}"' for each in chosen)
    inner = draw(TEXTS)
    kids = ELEMENTS.get(name, "narrative").split() if depth < 4 and name != "narrative" else []
    for kid in draw(st.lists(st.sampled_from(kids), max_size=4)) if kids else ():
        inner += draw(element(kid, depth + 1)) + draw(st.sampled_from(["", "\n"]))
    return f"<{name}{said}>{inner}</{name}>" if inner or draw(st.booleans()) else f"<{name}{said}/>"


@st.composite
def activity(draw):
    names = draw(st.lists(st.sampled_from(ELEMENTS[""].split()), max_size=14))
    said = draw(
        st.sampled_from(["", ' xml:lang="en"', ' default-currency="USD"', ' last-updated-datetime="2030-01-01"'])
    )
    return f"<iati-activity{said}>{''.join(draw(element(each)) for each in names)}</iati-activity>"


TERMS = [Terms(TODAY), Terms(TODAY, {"ORG-ID-PREFIX": frozenset(["XX-1"])})]


def rules(root, terms, tags, screened):
    found = broken(standard_cases(), root, terms, tags=tags, screened=screened)
    path = root.getroottree().getpath
    return sorted((each.case.info["id"], path(each.element), len(each.nodes)) for each in found)


@cache
def mapped():
    return mapping()


def codes(root, tags):
    part = Part(root, 0, 1)
    found = code_findings(part, HEADER, mapped(), shipped(), begins=True, tags=tags)
    return sorted((each.path, each.line, each.rule, str(each.parameters)) for each in found)


PERIODS = '<iati-activity><budget><period-start iso-date="2021-01-02"/><period-end iso-date="2020-01-01"/></budget></iati-activity>'


HUGE = "".join(
    f'<sector percentage="{share}" code="1"/>' for share in ("20000000000000000", "101", "-20000000000000000")
)
NUMBERS = [
    f'<iati-activity><sector percentage="{share}"/>{more}</iati-activity>'
    for share in ("100e", "1e-", "100e+", "100.00000000000000000001", "-1e-400")
    for more in ("", '<sector percentage="0"/>')
]


@settings(max_examples=400, deadline=None)
@given(st.lists(activity(), min_size=1, max_size=3), st.sampled_from(TERMS))
@example([PERIODS], TERMS[0])
@example([f"<iati-activity>{HUGE}</iati-activity>"], TERMS[0])
@example(NUMBERS, TERMS[0])
@example(
    [
        '<iati-activity><title a="&gt;"><narrative x="a>"></narrative></title><sector a="1>" code="zzz"/></iati-activity>'
    ],
    TERMS[0],
)
@example(
    ["<iati-activity><title><narrative/></title><title></title><narrative>x</narrative></iati-activity>"], TERMS[0]
)
def test_short_cuts_change_nothing(records, terms):
    data = ("<iati-activities version='2.03'>" + "\n".join(records) + "</iati-activities>").encode()
    root = etree.fromstring(data, parser())
    tags = tags_of(data, "utf-8")
    assert rules(root, terms, tags, True) == rules(root, terms, None, True) == rules(root, terms, None, False)
    assert codes(root, tags) == codes(root, None)


def test_a_foreign_encoding_has_no_short_cut():
    assert tags_of(b"<a/>", "utf-7") is None and tags_of(b"<a/>", "ISO-8859-1") is not None
