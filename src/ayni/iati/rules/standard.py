"""What the standard asks beyond its schema, each rule under the number the standard gives it. Ours is the form: families of rules,
a line for each place. What a family means is said in declare.py; the sentences for readers stand where readers are.

Facts: https://iatistandard.org/en/iati-standard/203/ and the rule numbers of its published ruleset (docs/adr/0023-iati-in-batches.md).
"""

from functools import cache

from ayni.iati.rules import declare
from ayni.iati.rules.language import Case

ACTIVITY = "/iati-activities/iati-activity"
ORGANISATION = "/iati-organisations/iati-organisation"
ENDS = f"{ACTIVITY}/transaction/%s-org | {ACTIVITY}/planned-disbursement/%s-org"
PROVIDERS, RECEIVERS = ENDS % ("provider", "provider"), ENDS % ("receiver", "receiver")

# Identifiers without blanks around them: number, who holds it, where.
TRIMMED = (
    ("1.3.1", ACTIVITY, "iati-identifier"),
    ("1.14.1", ACTIVITY, "reporting-org/@ref"),
    ("1.16.1", ACTIVITY, "other-identifier[@type='B1']/@ref"),
    ("1.6.1", ACTIVITY, "other-identifier[@type='A3']/@ref"),
    ("1.7.1", ACTIVITY, "related-activity/@ref"),
    ("1.8.1", ACTIVITY, "participating-org/@ref"),
    ("1.9.1", ACTIVITY, "participating-org/@activity-id"),
    ("1.11.1", f"{ACTIVITY}/other-identifier/owner-org", "@ref"),
    ("1.10.1", PROVIDERS, "@ref"),
    ("1.4.1", PROVIDERS, "@provider-activity-id"),
    ("1.15.1", RECEIVERS, "@ref"),
    ("1.5.1", RECEIVERS, "@receiver-activity-id"),
    ("1.12.1", ORGANISATION, "organisation-identifier"),
    ("1.17.1", ORGANISATION, "recipient-org-budget/recipient-org/@ref"),
    ("1.18.1", ORGANISATION, "reporting-org/@ref"),
)
# Identifiers without the signs / & | ?, unless they are registered with them.
UNSIGNED = (
    ("1.14.13", ACTIVITY, "reporting-org/@ref"),
    ("1.8.13", f"{ACTIVITY}/participating-org", "@ref"),
    ("1.10.13", PROVIDERS, "@ref"),
    ("1.15.13", RECEIVERS, "@ref"),
    ("1.11.13", f"{ACTIVITY}/other-identifier/owner-org", "@ref"),
    ("1.12.13", ORGANISATION, "organisation-identifier"),
    ("1.18.13", ORGANISATION, "reporting-org/@ref"),
)
REGISTERED = (("1.14.8", ACTIVITY, "reporting-org/@ref"), ("1.18.8", ORGANISATION, "reporting-org/@ref"))
# An organisation has an identifier or a name.
NAMED = (
    ("6.10.1", f"{ACTIVITY}/participating-org"),
    ("6.8.1", f"{ACTIVITY}/other-identifier/owner-org"),
    ("6.9.1", PROVIDERS),
    ("6.9.2", RECEIVERS),
)
# What must be there at all: number, what is said, where, one of these paths, under which condition.
PRESENT = (
    ("6.11.1", "no-start", ACTIVITY, ("activity-date[@type='1' or @type='2']",), ""),
    ("6.2.2", "no-sector", ACTIVITY, ("sector", "transaction/sector"), ""),
    ("4.3.1", "empty-title", "//title", ("narrative/text()",), ""),
    ("4.4.1", "empty-description", "//description", ("narrative/text()",), ""),
    (
        "6.14.1",
        "marker-unweighed",
        f"{ACTIVITY}/policy-marker",
        ("@significance",),
        "@vocabulary='1' or not(@vocabulary)",
    ),
    ("6.13.1", "marker-untold", f"{ACTIVITY}/policy-marker", ("narrative",), "@vocabulary='99'"),
)
# A default at the record, or the thing at every place: number, what is said, the record, the default, the word for the places.
DEFAULTS = (
    ("4.1.1", "no-language", ACTIVITY, "@xml:lang", "lang"),
    ("4.5.1", "no-language", ORGANISATION, "@xml:lang", "lang"),
    ("7.8.1", "no-currency", ACTIVITY, "@default-currency", "currency"),
    ("7.8.2", "no-currency", ORGANISATION, "@default-currency", "currency"),
    ("6.7.2", "some-sectors", ACTIVITY, "sector", "sector"),
)
# Days that have come: number, what is said, where, the day.
PAST = (
    ("11.1.1", "future-update", ACTIVITY, "@last-updated-datetime"),
    ("11.4.1", "future-update", ORGANISATION, "@last-updated-datetime"),
    ("11.1.4", "future-start", ACTIVITY, "activity-date[@type='2']/@iso-date"),
    ("11.1.5", "future-end", ACTIVITY, "activity-date[@type='4']/@iso-date"),
    ("11.2.1", "future-transaction", f"{ACTIVITY}/transaction", "transaction-date/@iso-date"),
    ("11.2.2", "future-value", f"{ACTIVITY}/transaction", "value/@value-date"),
)
# Periods that do not end before they begin, and whether a year is the longest.
PERIODS = (
    ("8.6.3", f"{ACTIVITY}/budget", "7.5.3"),
    ("8.6.3", f"{ACTIVITY}/planned-disbursement", ""),
    ("8.6.1", f"{ACTIVITY}/result/indicator/period", ""),
    *(
        ("8.6.3", f"{ORGANISATION}/{name}", "7.5.3")
        for name in (
            "total-budget",
            "recipient-org-budget",
            "recipient-region-budget",
            "recipient-country-budget",
            "total-expenditure",
        )
    ),
)
# Shares from 0 to 100.
BOUNDED = (
    ("12.1.1", "recipient-country/@percentage"),
    ("12.1.1", "recipient-region/@percentage"),
    ("12.3.1", "sector/@percentage"),
    ("12.2.1", "capital-spend/@percentage"),
    ("12.2.1", "country-budget-items/budget-item/@percentage"),
)
# What of an indicator is a number when it counts, and nothing when it is told in words: numbers of the three rules.
VALUES = (
    ("baseline", "8.8.1", "8.8.2", "8.8.3"),
    ("period/target", "8.9.1", "8.9.2", "8.9.3"),
    ("period/actual", "8.10.1", "8.10.2", "8.10.3"),
)
# One of the OECD DAC's list among those of others: number, what is said, what has the vocabulary.
OWN_LIST = (
    ("102.1.1", "no-dac-sector", "sector"),
    ("107.1.1", "no-dac-aid-type", "default-aid-type"),
    ("107.2.1", "no-dac-aid-type", "transaction/aid-type"),
)
RECIPIENT = "recipient-country or recipient-region"


@cache
def standard_cases() -> tuple[Case, ...]:
    """The rules of version 2.03, ready to judge."""
    return tuple(
        sorted((*_identifiers(), *_presence(), *_time(), *_shares(), *_results()), key=lambda case: case.context)
    )


def _identifiers() -> list[Case]:
    return [
        declare.case(ACTIVITY, "unique", "1.1.3", "own-identifier", paths=["reporting-org/@ref", "iati-identifier"]),
        declare.begins(
            ACTIVITY, "1.1.21", "iati-identifier", "reporting-org/@ref", "other-identifier[@type='B1']/@ref"
        ),
        *(declare.registered(*each) for each in REGISTERED),
        declare.unsigned("1.3.13", ACTIVITY, "iati-identifier", "NOT_EXISTING_ORG_ID_PREFIX"),
        *(declare.unsigned(*each) for each in UNSIGNED),
        *(declare.case(where, "nospaces", number, "blanks", paths=[path]) for number, where, path in TRIMMED),
    ]


def _presence() -> list[Case]:
    return [
        *(declare.present(*each) for each in PRESENT),
        *(declare.present(number, "nameless", where, ("@ref", "narrative")) for number, where in NAMED),
        *(
            declare.case(where, "oneorall", number, said, one=one, all=all_)
            for number, said, where, one, all_ in DEFAULTS
        ),
        *(declare.implied(number, said, ACTIVITY, name, name + declare.DAC, name) for number, said, name in OWN_LIST),
        declare.forbidden(
            "2.2.1", "sector-untold", ACTIVITY, "sector[@vocabulary='98' or @vocabulary='99'][not(narrative)]"
        ),
        declare.implied(
            "3.7.1",
            "no-recipient",
            ACTIVITY,
            f"not({RECIPIENT})",
            "transaction/recipient-country or transaction/recipient-region",
        ),
        declare.implied("6.6.2", "sectors-twice", ACTIVITY, "sector", "not(transaction/sector)", "transaction/sector"),
        declare.implied(
            "3.6.2",
            "recipients-twice",
            ACTIVITY,
            RECIPIENT,
            "not(transaction/recipient-country or transaction/recipient-region)",
            f"transaction[{RECIPIENT}]",
        ),
        declare.implied(
            "3.7.2",
            "some-recipients",
            ACTIVITY,
            f"not({RECIPIENT})",
            f"not(transaction[not({RECIPIENT})])",
            f"transaction[not({RECIPIENT})]",
        ),
        *declare.single("107.1.2", "aid-types", ACTIVITY, "default-aid-type"),
        *declare.single("107.2.2", "aid-types", f"{ACTIVITY}/transaction", "aid-type"),
        declare.case(
            f"{ACTIVITY}/result/indicator",
            "nomorethanone",
            "8.11.1",
            "references-twice",
            paths=["reference[1]", "../reference[1]"],
        ),
    ]


def _time() -> list[Case]:
    planned, actual = (
        [f"activity-date[@type='{kind}']/@iso-date" for kind in kinds] for kinds in (("1", "3"), ("2", "4"))
    )
    budget = f"{ORGANISATION}/recipient-country-budget"
    return [
        declare.case(ACTIVITY, "dateorder", "11.1.2", "planned-order", less=planned[0], more=planned[1]),
        declare.case(ACTIVITY, "dateorder", "11.1.3", "actual-order", less=actual[0], more=actual[1]),
        *(declare.past(*each) for each in PAST),
        *(case for number, where, longest in PERIODS for case in declare.period(number, where, longest)),
        declare.case(
            budget, "betweendates", "11.3.1", "line-outside", date="budget-line/value/@value-date", **declare.SPAN
        ),
    ]


def _shares() -> list[Case]:
    lone = "not(recipient-region)"
    return [
        *(
            declare.case(ACTIVITY, "range", number, "share-range", paths=[path], min=0, max=100)
            for number, path in BOUNDED
        ),
        *declare.shares(ACTIVITY, "sector", declare.DAC, ("2.1.1", "2.1.2", "2.1.4"), "sector", told=True),
        *declare.shares(ACTIVITY, "sector", "", ("2.1.1", "2.1.2", "2.1.4"), "sector", told=True, others=True),
        *declare.shares(ACTIVITY, "recipient-country", "", ("3.1.1", "3.1.2", "3.1.4"), "country", only=lone),
        *declare.shares(
            ACTIVITY,
            "recipient-region",
            "",
            ("3.4.1", "3.4.2", "3.4.4"),
            "region",
            with_="recipient-country",
            each="recipient-region",
        ),
        *declare.shares(
            ACTIVITY,
            "country-budget-items",
            "",
            ("7.9.1", "7.9.2", "7.9.4"),
            "budget-item",
            item="/budget-item",
            each="country-budget-items",
        ),
    ]


def _results() -> list[Case]:
    counts = " or ".join(f"@measure='{each}'" for each in "1234")
    found = []
    for place, missing, wordy, needless in VALUES:
        counted = f"{ACTIVITY}/result/indicator[{counts}]/{place}"
        told = f"{ACTIVITY}/result/indicator[@measure='5']/{place}"
        found += [
            declare.present(missing, "value-missing", counted, ("@value",)),
            declare.implied(wordy, "value-no-number", counted, "@value", "number(@value) = number(@value)", "@value"),
            declare.forbidden(needless, "value-needless", told, "@value"),
        ]
    return found
