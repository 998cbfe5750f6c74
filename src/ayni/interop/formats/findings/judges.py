"""What the schema, the code lists and rulesets of others say."""

from django.utils.translation import gettext_noop as _

from ayni.interop.formats.findings import advice
from ayni.interop.formats.findings.sentence import Sentence

BROKEN = _("The rule %(rule)s does not hold here: %(said)s")

SENTENCES: dict[str, Sentence] = {
    "schema-lacks": (_("<%(element)s> ends too early: %(expected)s is missing."), advice.ORDER),
    "schema-instead": (_("<%(element)s> does not belong here; what may stand here: %(expected)s."), advice.ORDER),
    "schema-needless": (_("<%(element)s> does not belong here."), advice.ORDER),
    "schema-attribute": (_("<%(element)s> has no attribute %(name)s in the standard."), advice.ATTRIBUTE),
    "schema-attribute-lacks": (_("<%(element)s> lacks the attribute %(name)s."), advice.ADD_ATTRIBUTE),
    "schema-text": (_("<%(element)s> holds text where the standard has none."), advice.TEXT),
    "schema-children": (_("<%(element)s> holds elements where the standard has none."), advice.ORDER),
    "schema-day": (_('"%(value)s" in <%(element)s> is no day.'), advice.VALUE),
    "schema-moment": (_('"%(value)s" in <%(element)s> is no day with a time.'), advice.VALUE),
    "schema-number": (_('"%(value)s" in <%(element)s> is no number.'), advice.VALUE),
    "schema-whole": (_('"%(value)s" in <%(element)s> is no whole number of the kind that is asked.'), advice.VALUE),
    "schema-truth": (_('"%(value)s" in <%(element)s> is neither true nor false (1, 0).'), advice.VALUE),
    "schema-value": (_('"%(value)s" in <%(element)s> is no value that the standard allows.'), advice.VALUE),
    "schema-other": (_("This is not as the schema asks: %(said)s"), advice.REFERENCE),
    "code-wrong": (_('The code "%(code)s" is not on the list %(list)s.'), advice.LIST),
    "code-unusual": (
        _('The code "%(code)s" is not on the list %(list)s as it is known here; that list is not complete.'),
        advice.REFRESH,
    ),
    "rule-nomorethanone": (BROKEN, advice.KEEP_ONE),
    "rule-atleastone": (BROKEN, advice.ADD),
    "rule-onlyoneof": (BROKEN, advice.ONE_LEVEL),
    "rule-oneorall": (BROKEN, advice.DEFAULT),
    "rule-dependent": (BROKEN, advice.ALL),
    "rule-sum": (BROKEN, advice.SHARES),
    "rule-strictsum": (BROKEN, advice.SHARES),
    "rule-dateorder": (BROKEN, advice.DAY),
    "rule-datenow": (BROKEN, advice.DAY),
    "rule-timelimit": (BROKEN, advice.PERIOD),
    "rule-betweendates": (BROKEN, advice.DAY),
    "rule-regexmatches": (BROKEN, advice.STABLE),
    "rule-regexnomatches": (BROKEN, advice.CORRECT_VALUE),
    "rule-startswith": (BROKEN, advice.BEGINNING),
    "rule-unique": (BROKEN, advice.OWN),
    "rule-ifthen": (BROKEN, advice.DEPENDS),
    "rule-nospaces": (BROKEN, advice.SPACES),
    "rule-range": (BROKEN, advice.NUMBER),
    "rule-noneof": (BROKEN, advice.PLACE),
    "rule-evaluatestotrue": (BROKEN, advice.PLACE),
    "rule-untold": (_("The rule %(rule)s does not hold here."), advice.PLACE),
}
