"""What our own form of the standard's ruleset says (ayni.iati.rules.standard)."""

from django.utils.translation import gettext_noop as _

from ayni.interop.formats.findings import advice
from ayni.interop.formats.findings.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "own-identifier": (_("The activity has the same identifier as the organisation that reports it."), advice.OWN),
    "foreign-beginning": (
        _("The activity's identifier does not begin with the reporting organisation's identifier and a hyphen."),
        advice.BEGINNING,
    ),
    "unregistered": (
        _("The reporting organisation's identifier does not begin with the code of a known registration agency."),
        advice.CORRECT_VALUE,
    ),
    "signs": (_("The identifier holds one of the signs / & | ?."), advice.STABLE),
    "blanks": (_("The identifier begins or ends with a space or a line break."), advice.SPACES),
    "nameless": (_("The organisation has neither an identifier nor a name."), advice.ADD),
    "no-start": (_("The activity has neither a planned nor an actual start date."), advice.ADD),
    "no-sector": (_("No sector is given, neither for the activity nor for its transactions."), advice.ADD),
    "empty-title": (_("The title holds no text."), advice.ADD),
    "empty-description": (_("The description holds no text."), advice.ADD),
    "marker-unweighed": (_("The policy marker does not say how significant the policy is."), advice.ADD),
    "marker-untold": (_("A policy marker of the reporter's own list has no text that says what it is."), advice.ADD),
    "no-language": (_("The record names no default language, and this text does not name its own."), advice.DEFAULT),
    "no-currency": (_("The record names no default currency, and this amount does not name its own."), advice.DEFAULT),
    "some-sectors": (_("Some transactions have a sector, this one has none."), advice.ADD),
    "some-recipients": (_("Some transactions have a recipient country or region, this one has none."), advice.ADD),
    "no-recipient": (
        _("No recipient country or region is given, neither for the activity nor for its transactions."),
        advice.ADD,
    ),
    "recipients-twice": (
        _("Recipients are given for the activity and again for its transactions; they belong to one level."),
        advice.ONE_LEVEL,
    ),
    "sector-untold": (_("A sector of the reporter's own list has no text that says what it is."), advice.ADD),
    "no-dac-sector": (_("Sectors are given in other vocabularies, none in the OECD DAC's (1)."), advice.ADD),
    "no-dac-aid-type": (_("Types of aid are given in other vocabularies, none in the OECD DAC's (1)."), advice.ADD),
    "aid-types": (_("Two types of aid of one vocabulary are given."), advice.KEEP_ONE),
    "references-twice": (
        _("A reference is given for the result and for its indicator; it belongs to one of them."),
        advice.ONE_LEVEL,
    ),
    "sectors-twice": (
        _("Sectors are given for the activity and again for its transactions; they belong to one level."),
        advice.ONE_LEVEL,
    ),
    "planned-order": (_("The planned start lies after the planned end."), advice.DAY),
    "actual-order": (_("The actual start lies after the actual end."), advice.DAY),
    "period-order": (_("The period begins after its end."), advice.DAY),
    "period-long": (_("The period is longer than a year."), advice.PERIOD),
    "line-outside": (_("The day of the line's value lies outside the budget's period."), advice.DAY),
    "future-update": (_("The day of the last update lies in the future."), advice.DAY),
    "future-start": (_("The actual start lies in the future."), advice.DAY),
    "future-end": (_("The actual end lies in the future."), advice.DAY),
    "future-transaction": (_("The transaction's day lies in the future."), advice.DAY),
    "future-value": (_("The day of the transaction's value lies in the future."), advice.DAY),
    "share-range": (_("The share lies outside 0 to 100."), advice.NUMBER),
    "sector-shares-missing": (
        _("Several sectors of one vocabulary are given, and not each has its share."),
        advice.SHARES,
    ),
    "sector-shares-sum": (_("The shares of the sectors of one vocabulary do not add up to 100."), advice.SHARES),
    "sector-shares-single": (_("The only sector of its vocabulary has a share other than 100."), advice.SHARES),
    "country-shares-missing": (_("Several recipient countries are given, and not each has its share."), advice.SHARES),
    "country-shares-sum": (_("The shares of the recipient countries do not add up to 100."), advice.SHARES),
    "country-shares-single": (_("The only recipient country has a share other than 100."), advice.SHARES),
    "region-shares-missing": (_("Several recipient regions are given, and not each has its share."), advice.SHARES),
    "region-shares-sum": (_("The shares of the recipient countries and regions do not add up to 100."), advice.SHARES),
    "region-shares-single": (_("The only recipient region has a share other than 100."), advice.SHARES),
    "budget-item-shares-missing": (_("Several budget items are given, and not each has its share."), advice.SHARES),
    "budget-item-shares-sum": (_("The shares of the budget items do not add up to 100."), advice.SHARES),
    "budget-item-shares-single": (_("The only budget item has a share other than 100."), advice.SHARES),
    "value-missing": (_("An indicator that counts has no value here."), advice.ADD),
    "value-no-number": (_("An indicator that counts has a value that is no number."), advice.NUMBER),
    "value-needless": (_("A qualitative indicator has a value; its words belong into a comment."), advice.DEPENDS),
}
