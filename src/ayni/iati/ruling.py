"""The third judge: the rulesets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from ayni.iati.codelists import CodeList
from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part
from ayni.iati.places import place_of
from ayni.iati.rules.engine import Terms, broken
from ayni.iati.rules.language import Case, cases_of, load
from ayni.iati.source import Header

_ADVICE = {
    "nomorethanone": "Keep one of them.",
    "atleastone": "Add what is missing.",
    "onlyoneof": "Keep it at one of the two levels.",
    "oneorall": "Give the default at the record, or say it at this place.",
    "dependent": "Give all of them, or none.",
    "sum": "Correct the shares.",
    "strictsum": "Correct the shares, or add those that are missing.",
    "dateorder": "Correct the day.",
    "datenow": "Correct the day.",
    "timelimit": "Split the period, or correct its days.",
    "betweendates": "Correct the day, or the period.",
    "regexmatches": "Correct the value, and keep it stable from then on.",
    "regexnomatches": "Correct the value.",
    "startswith": "Correct the identifier before it is first published; afterwards name the former one in other-identifier.",
    "unique": "Give each its own value.",
    "ifthen": "Correct this place, or what it depends on.",
    "nospaces": "Take the spaces out.",
    "range": "Correct the number.",
}
_OTHERWISE = "Correct this place."
_UNSAID = "The rule %(rule)s does not hold here."


def standard(folder: Path | None = None) -> tuple[Case, ...]:
    """The cases of a folder's ``rulesets/standard.json``, else of the shipped ruleset. Raises ValueError, OSError."""
    found = sorted(folder.rglob("standard.json")) if folder else []
    return cases_of(load(found[0])) if found else _shipped()


@cache
def _shipped() -> tuple[Case, ...]:
    return cases_of(load(Path(str(files("ayni.iati") / "rules" / "standard.json"))))


def terms(today: date, lists: Mapping[str, CodeList]) -> Terms:
    """What the rules need to know: the day, and the agencies and publishers that a folder of lists names."""
    agencies = lists.get("OrganisationRegistrationAgency")
    return Terms(today, {"ORG-ID-PREFIX": agencies.codes} if agencies else {})


def rule_findings(part: Part, header: Header, cases: Sequence[Case], terms: Terms) -> Iterator[Finding]:
    """What the rulesets say of a part."""
    for each in broken(cases, part.root, terms):
        place = place_of(each.nodes[0], part, header)
        said = each.case.info.get("message")
        yield Finding(
            Severity.RULESET,
            place.identifier,
            place.path,
            place.line,
            str(said).replace("%", "%%") if said else _UNSAID,
            {"rule": each.case.rule},
            _ADVICE.get(each.case.rule, _OTHERWISE),
            str(each.case.info.get("id", each.case.rule)),
        )
