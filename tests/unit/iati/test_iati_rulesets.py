"""An administrator's own ruleset: whatever it may say is judged, or refused with the rule and the reason."""

from datetime import date

import pytest
from lxml import etree

from ayni.iati.rules.engine import broken
from ayni.iati.rules.language import Terms, cases_of
from ayni.iati.tags import tags_of

TERMS = Terms(date(2026, 11, 30))
DATA = (
    b"<iati-activities version='2.03'><iati-activity x='1'><title/><title/>"
    b"<sector vocabulary='1' x='1'/><sector vocabulary='1' x='1'/><sector vocabulary='2'/>"
    b"<budget><period-start iso-date='2020-01-01'/></budget></iati-activity></iati-activities>"
)


def ruleset(context: str, rule: str, **spec):
    return {context: {rule: {"cases": [spec]}}}


def loop(context: str, rule: str, **spec):
    return ruleset(
        context, "loop", foreach=["sector/@vocabulary"], do={rule: {"cases": [spec]}}, subs=["paths", "if", "condition"]
    )


BROKEN = [
    ruleset("iati-activity", "no_more_than_one", paths=["title"]),
    ruleset(".", "no_more_than_one", paths=["iati-activity/title"]),
    loop("//iati-activity", "no_more_than_one", paths=["sector[@vocabulary='$1' and @x]"]),
    loop("//iati-activity", "none_of", paths=["sector[not(@vocabulary='$1')]"]),
    loop("//iati-activity", "none_of", paths=["sector[@vocabulary='$1'][1]/@vocabulary"]),
    loop("//iati-activity", "none_of", condition="count(none) > 1 and title or sector", paths=["title"]),
    loop("//iati-activity", "none_of", condition="count(none) > 1 and title\tor sector", paths=["title"]),
    ruleset("//budget", "none_of", paths=["../@x"]),
    ruleset("//budget", "none_of", paths=["//@x"]),
    ruleset("//budget", "no_spaces", condition="../@x", paths=["../@x[. != '1'] | ../title"]),
    ruleset("//budget", "range", paths=["../@x"], min=2),
    ruleset("//budget", "date_order", less="NOW", more="period-start/@iso-date"),
]
REFUSED = [
    (ruleset("//iati-activity", "no_more_than_one", paths=["string(title)"]), "string(title): it gives no elements"),
    (ruleset("//iati-activity", "atleast_one", paths=["count(title)"]), "count(title): it gives no elements"),
    (ruleset("//iati-activity", "date_order", less="string(@x)", more="NOW"), "string(@x): it gives no elements"),
    (ruleset("//iati-activity", "starts_with", paths=["@x"], start="string(@x)"), "string(@x): it gives no elements"),
    (ruleset("//iati-activity", "none_of", paths=["title["]), "title[: no XPath"),
    (ruleset("//iati-activity", "if_then", **{"if": "unknown(1)", "then": "title"}), "unknown(1): no XPath"),
    (ruleset("//iati-activity", "none_of", paths=["title[@x=$each]"]), "nothing stands for its variable"),
    (ruleset("//iati-activity/@x", "none_of", paths=["."]), "a context is of elements"),
    (ruleset("//title/text()", "none_of", paths=["."]), "a context is of elements"),
]


@pytest.mark.parametrize("own", BROKEN, ids=str)
def test_a_rule_of_ones_own_is_judged_with_every_short_cut(own):
    root = etree.fromstring(DATA)
    cases = cases_of(own)
    slow = [each.element for each in broken(cases, root, TERMS, screened=False)]
    assert [each.element for each in broken(cases, root, TERMS)] == slow
    assert [each.element for each in broken(cases, root, TERMS, tags=tags_of(DATA, "utf-8"))] == slow
    assert slow or "no_spaces" in str(own)


@pytest.mark.parametrize(("own", "why"), REFUSED, ids=str)
def test_a_rule_that_cannot_be_judged_is_refused_with_the_reason(own, why):
    with pytest.raises(ValueError, match="^Rule ") as refused:
        cases_of(own)
    assert why in str(refused.value)
