"""What can be wrong with a row of a national file, and what to do: sentences with places, told in the reader's language."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

from ayni.iati.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of thing that can be wrong. `refuses` when a row with it stays out; otherwise the row is doubtful."""

    key: str
    template: str
    advice: str
    refuses: bool = False
    severity: Severity = Severity.READ

    def found(self, line: int, identifier: str, column: str, **places: str | int) -> Finding:
        """It, in a line; `column` are the letters of a spreadsheet's column, "" for the row."""
        parameters: dict[str, str | int] = {"column": column, **places}
        path = f"{column}{line}" if column else ""
        return Finding(self.severity, identifier, path, line, self.key, parameters)


MISSING: Final = Fault(
    "row-missing",
    gettext_noop("Column %(column)s (“%(title)s”) is empty: a record without it cannot be known again."),
    gettext_noop("Fill the cell."),
    True,
)
DOUBLED: Final = Fault(
    "row-doubled",
    gettext_noop("The identifier “%(value)s” stands in line %(first)s already; the first row that bears it counts."),
    gettext_noop("Give each record an identifier of its own."),
    True,
)
LONG: Final = Fault(
    "row-long",
    gettext_noop("Column %(column)s (“%(title)s”) holds more than %(most)s characters."),
    gettext_noop("Shorten it, or correct what was written in its place."),
    True,
)
NO_DAY: Final = Fault(
    "row-no-day",
    gettext_noop("Column %(column)s (“%(title)s”): “%(value)s” is no date of the forms %(forms)s."),
    gettext_noop("Correct the cell, or add the form to the profile."),
    True,
)
NO_NUMBER: Final = Fault(
    "row-no-number",
    gettext_noop("Column %(column)s (“%(title)s”): “%(value)s” is no number with “%(decimal)s” before its decimals."),
    gettext_noop("Correct the cell, or the decimal sign in the profile."),
    True,
)
NO_COUNTRY: Final = Fault(
    "row-no-country",
    gettext_noop("Column %(column)s (“%(title)s”): there is no country “%(value)s”."),
    gettext_noop("Write its name or its code of three letters, or add this name to the profile."),
    True,
)
BROKEN_CELL: Final = Fault(
    "row-broken-cell",
    gettext_noop("Column %(column)s (“%(title)s”) holds an error of the spreadsheet or a formula without a result."),
    gettext_noop("Correct the cell and save the workbook again."),
    True,
)
GROUP: Final = Fault(
    "row-group",
    gettext_noop("Column %(column)s (“%(title)s”): “%(value)s” is a group of countries."),
    gettext_noop("Name the countries; the record goes in without this partner."),
)
NO_ROLE: Final = Fault(
    "row-no-role",
    gettext_noop("Column %(column)s (“%(title)s”): “%(value)s” says nothing about who offers and who receives."),
    gettext_noop("Add it to the roles of the profile; until then the partner's role is unknown."),
)
NO_STATUS: Final = Fault(
    "row-no-status",
    gettext_noop("Column %(column)s (“%(title)s”): the profile does not know the state “%(value)s”."),
    gettext_noop("Add it to the states of the profile; the record goes in without a state."),
    severity=Severity.CODELIST,
)
NO_CLASS: Final = Fault(
    "row-no-class",
    gettext_noop("Column %(column)s (“%(title)s”): “%(value)s” has no class of ours."),
    gettext_noop("Map it in the crosswalk of the profile; until then it is counted apart."),
    severity=Severity.CODELIST,
)
NO_CURRENCY: Final = Fault(
    "row-no-currency",
    gettext_noop("Column %(column)s (“%(title)s”): “%(value)s” is no code of a currency."),
    gettext_noop("Write three letters such as USD; the amount goes in without a currency."),
    severity=Severity.CODELIST,
)
MONEY_WITHOUT_CURRENCY: Final = Fault(
    "row-money-without-currency",
    gettext_noop("Column %(column)s (“%(title)s”): nobody says in which currency the amount is."),
    gettext_noop("Add a column or a value for the currency to the profile."),
)
NEGATIVE: Final = Fault(
    "row-negative",
    gettext_noop("Column %(column)s (“%(title)s”): the amount %(value)s is below zero."),
    gettext_noop("Correct it, unless it takes back an amount of before."),
)
BACKWARDS: Final = Fault(
    "row-backwards",
    gettext_noop("It ends (%(end)s) before it begins (%(start)s)."),
    gettext_noop("Correct one of the two dates."),
    severity=Severity.RULESET,
)
ALONE: Final = Fault(
    "row-alone",
    gettext_noop("No country takes part beside the one that reports."),
    gettext_noop("Name the partner's country."),
    severity=Severity.RULESET,
)
ABSENT: Final = Fault(
    "row-absent",
    gettext_noop("The sheet has no column “%(title)s”."),
    gettext_noop("Correct the title in the file or in the profile; what the column holds is missing in every record."),
)
HEADLESS: Final = Fault(
    "row-headless",
    gettext_noop(
        "No row of the sheet holds the title “%(title)s”, which the profile expects; what was found: %(found)s."
    ),
    gettext_noop("Choose the profile of this file, or correct the title in the profile."),
    True,
)

SENTENCES: dict[str, tuple[str, str]] = {
    one.key: (one.template, one.advice)
    for one in (
        MISSING,
        DOUBLED,
        LONG,
        NO_DAY,
        NO_NUMBER,
        NO_COUNTRY,
        BROKEN_CELL,
        GROUP,
        NO_ROLE,
        NO_STATUS,
        NO_CLASS,
        NO_CURRENCY,
        MONEY_WITHOUT_CURRENCY,
        NEGATIVE,
        BACKWARDS,
        ALONE,
        ABSENT,
        HEADLESS,
    )
}
