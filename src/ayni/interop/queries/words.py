"""What IATI's codes say to a reader; the wording of lists that are the standard's own follows the standard."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, Promise]

STATUS: Words = {
    "1": pgettext_lazy("reported activity", "identification"),
    "2": pgettext_lazy("reported activity", "execution"),
    "3": pgettext_lazy("reported activity", "finalisation"),
    "4": pgettext_lazy("reported activity", "closed"),
    "5": pgettext_lazy("reported activity", "cancelled"),
    "6": pgettext_lazy("reported activity", "suspended"),
}
PARTY_ROLES: Words = {
    "1": pgettext_lazy("reported party", "funding"),
    "2": pgettext_lazy("reported party", "accountable"),
    "3": pgettext_lazy("reported party", "extending"),
    "4": pgettext_lazy("reported party", "implementing"),
}
TRANSACTIONS: Words = {
    "1": _("Incoming funds"),
    "2": _("Outgoing commitment"),
    "3": _("Disbursement"),
    "4": _("Expenditure"),
    "5": _("Interest payment"),
    "6": _("Loan repayment"),
    "7": _("Reimbursement"),
    "8": _("Purchase of equity"),
    "9": _("Sale of equity"),
    "10": _("Credit guarantee"),
    "11": _("Incoming commitment"),
    "12": _("Outgoing pledge"),
    "13": _("Incoming pledge"),
}
RESULTS: Words = {
    "1": pgettext_lazy("result", "output"),
    "2": pgettext_lazy("result", "outcome"),
    "3": pgettext_lazy("result", "impact"),
    "9": pgettext_lazy("result", "other"),
}
DATES: Words = {
    "1": _("Planned start"),
    "2": _("Actual start"),
    "3": _("Planned end"),
    "4": _("Actual end"),
}
BUDGET_STATUS: Words = {
    "1": pgettext_lazy("reported budget", "indicative"),
    "2": pgettext_lazy("reported budget", "committed"),
}
# Documents of an organisation (the standard's DocumentCategory, B).
DOCUMENTS: Words = {
    "B01": pgettext_lazy("kind of document", "annual report"),
    "B02": pgettext_lazy("kind of document", "institutional strategy"),
    "B03": pgettext_lazy("kind of document", "country strategy"),
    "B04": pgettext_lazy("kind of document", "policy on the allocation of aid"),
    "B05": pgettext_lazy("kind of document", "procurement policy and procedure"),
    "B06": pgettext_lazy("kind of document", "institutional audit report"),
    "B07": pgettext_lazy("kind of document", "country audit report"),
    "B08": pgettext_lazy("kind of document", "exclusions policy"),
    "B09": pgettext_lazy("kind of document", "institutional evaluation report"),
    "B10": pgettext_lazy("kind of document", "country evaluation report"),
    "B11": pgettext_lazy("kind of document", "sector strategy"),
    "B12": pgettext_lazy("kind of document", "thematic strategy"),
    "B13": pgettext_lazy("kind of document", "memorandum of understanding with a country"),
    "B14": pgettext_lazy("kind of document", "evaluation policy"),
    "B15": pgettext_lazy("kind of document", "general terms and conditions"),
    "B16": pgettext_lazy("kind of document", "page of the organisation"),
    "B17": pgettext_lazy("kind of document", "page of a country or region"),
    "B18": pgettext_lazy("kind of document", "page of a sector"),
}
# Countries by role, and the codes that are a reporter's own (formats/national/record.py).
CODED: Words = {
    "provider": pgettext_lazy("role of a country", "Offers"),
    "recipient": pgettext_lazy("role of a country", "Receives"),
    "partner": _("Takes part, role not told"),
    "cooperation-type": _("Type of cooperation"),
    "modality": _("Modality"),
    "sector": _("Sector or topic"),
    "counterpart-identifier": _("Identifier with the counterpart"),
    "status": _("State as its reporter writes it"),
}


def coded(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """{what it is: the values, as their reporter writes them} of the rows {field, key, label} of codes."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(CODED.get(row["field"], row["field"])), []).append(row["label"] or row["key"])
    return {name: ", ".join(values) for name, values in found.items()}


def said(words: Words, code: str) -> str:
    """The words of a code; a code that nobody knows stands for itself."""
    return str(words.get(code, code))
