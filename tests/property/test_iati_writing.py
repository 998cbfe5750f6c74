"""Many records written at once are each record written alone; nothing that an element holds is lost; letters fold as one by one."""

import io
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from ayni.common.i18n import folded
from ayni.iati.read import read
from ayni.iati.write import write

HEAD = '<iati-activities version="2.03" xmlns:own="urn:own">'
# In the order of the schema: each stands or not. Among them what has no field, stands twice, or is not what its field holds.
PARTS = [
    "<iati-identifier>XX-1</iati-identifier>",
    '<reporting-org ref="XX-1" type="10" own:mark="&amp;"><narrative>A</narrative></reporting-org>',
    "<title><narrative>uno</narrative><narrative xml:lang='fr'>um &lt;b&gt; &quot;c&quot;</narrative></title>",
    '<title strange="1"><narrative more="2">dos</narrative><own:within>x</own:within></title>',
    '<description type="1"><narrative>línea\ndos\tcolumna</narrative></description>',
    '<participating-org role="4" ref="A" own:a="1" own:b="2"/>',
    '<activity-status code="2"/>',
    '<activity-status code="3" strange="x"/>',
    '<activity-date type="2" iso-date="2024-01-15"/>',
    '<activity-date type="3" iso-date="soon"/>',
    '<recipient-country code="BO" percentage="60.50"/><recipient-country code="PE" percentage="39.5"/>',
    '<sector vocabulary="1" code="16010" percentage="100"><narrative xml:lang="en">Social</narrative></sector>',
    '<collaboration-type code="1"><own:child/></collaboration-type>',
    '<transaction ref="1" humanitarian="true"><transaction-type code="3"/><transaction-date iso-date="2024-05-01"/>'
    '<value currency="USD" value-date="2024-05-01">1000.50</value></transaction>',
    '<transaction><transaction-type code="2"/><value value-date="never">much</value>'
    '<provider-org ref="B"><narrative>B</narrative></provider-org><aid-type code="C01"/></transaction>',
    '<document-link url="https://example.org" format="text/html"><title><narrative>D</narrative></title>'
    '<category code="A01"/><category code="" why="x"/><language code="es"/></document-link>',
    "<own:thing at='1'>kept<own:inner/></own:thing>",
]
ACTIVITY = st.tuples(
    st.sampled_from(["", "es", "pt"]), st.lists(st.booleans(), min_size=len(PARTS), max_size=len(PARTS))
)


def element(language: str, stands: list[bool]) -> str:
    inner = "".join(part for part, there in zip(PARTS, stands, strict=True) if there)
    return f"<iati-activity{f' xml:lang={chr(34)}{language}{chr(34)}' if language else ''}>{inner}</iati-activity>"


def records(data: bytes) -> list:
    return [each.record for each in read(io.BytesIO(data)) if each.record is not None]


def text(values: list) -> bytes:
    out = io.BytesIO()
    assert write(values, out) == len(values)
    return out.getvalue()


def told(data: bytes) -> list[list[tuple]]:
    """What each activity holds: the path, the attributes and the text of every element; an empty identifier is none."""
    return [
        sorted(
            (each.getroottree().getelementpath(each).split("/", 1)[-1], sorted(each.items()), (each.text or "").strip())
            for each in one.iterdescendants()
            if each.tag != "iati-identifier" or each.text
        )
        for one in etree.fromstring(data)
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTIVITY, min_size=1, max_size=5))
def test_written_together_is_written_one_by_one_and_nothing_is_lost(activities):
    data = (HEAD + "".join(element(*each) for each in activities) + "</iati-activities>").encode()
    values = records(data)
    written = text(values)
    alone = [text([each]).split(b"\n", 2)[2].removesuffix(b"</iati-activities>\n") for each in values]
    assert written.split(b"\n", 2)[2] == b"".join(alone) + b"</iati-activities>\n"
    assert records(written) == values
    assert told(written) == told(data)


@example("".join(f"a{chr(mark)}" for mark in range(0x300, 0x370)))
@given(st.text() | st.text(st.sampled_from("aÁáñÑçÇß ïİſ\u0301\u0327\u00ad")))
def test_letters_fold_as_one_by_one(letters):
    decomposed = unicodedata.normalize("NFKD", letters.casefold())
    assert folded(letters) == "".join(each for each in decomposed if not unicodedata.combining(each))
