import dataclasses
from html.parser import HTMLParser

import pytest

from ayni.atlas.reports import html as writer
from ayni.common.i18n import LANGUAGES

pytestmark = pytest.mark.django_db


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_needs_nothing_beside_it(report_in, lang):
    report = report_in(lang)
    tags = Tags(writer.write(report).decode()).found
    assert ("html", {"lang": lang}) in tags
    outside = [value for _tag, attrs in tags for name, value in attrs.items() if name in ("src", "href", "xlink:href")]
    assert all(value.startswith("#") for value in outside)
    assert not [tag for tag, _attrs in tags if tag in ("script", "link", "img", "iframe")]
    assert len([tag for tag, _attrs in tags if tag == "table"]) == len(report.tables())
    assert len({attrs["id"] for _tag, attrs in tags if "id" in attrs}) == len([1 for _t, a in tags if "id" in a])


def test_the_totals_stand_in_the_matrix(report_in):
    text = writer.write(report_in("es")).decode()
    assert '<td class="mark">26</td><td class="mark">27</td><td class="mark">15</td>' in text
    assert "54,4\u00a0%" in text


def test_what_people_wrote_is_escaped(report_in):
    report = dataclasses.replace(report_in("es"), title="<script>alert(1)</script>")
    assert b"<script>" not in writer.write(report)


def test_the_same_content_gives_the_same_bytes(report_in):
    assert writer.write(report_in("fr")) == writer.write(report_in("fr"))
