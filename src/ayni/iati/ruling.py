"""The third judge: the rulesets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ayni.iati.codelists import CodeList
from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part
from ayni.iati.places import place_of
from ayni.iati.rules.engine import broken
from ayni.iati.rules.language import Case, Terms, cases_of, load
from ayni.iati.rules.standard import standard_cases
from ayni.iati.source import Header
from ayni.iati.tags import Tags


def standard(folder: Path | None = None) -> tuple[Case, ...]:
    """The cases of a folder's ``rulesets/standard.json``, else our own. Raises ValueError, OSError."""
    found = sorted(folder.rglob("standard.json")) if folder else []
    if not found:
        return standard_cases()
    try:
        return cases_of(load(found[0]))
    except ValueError as error:
        raise ValueError(f"{found[0]}: {error}") from error


def terms(today: date, lists: Mapping[str, CodeList]) -> Terms:
    """What the rules need to know: the day, and the agencies and publishers that a folder of lists names."""
    agencies = lists.get("OrganisationRegistrationAgency")
    return Terms(today, {"ORG-ID-PREFIX": agencies.codes} if agencies else {})


def rule_findings(
    part: Part, header: Header, cases: Sequence[Case], terms: Terms, *, tags: Tags | None = None
) -> Iterator[Finding]:
    """What the rulesets say of a part. ``tags``: its start tags, where they are known, to pass over what cannot be."""
    for each in broken(cases, part.root, terms, tags=tags):
        place = place_of(each.nodes[0], part, header)
        info = each.case.info
        number = str(info.get("id", each.case.rule))
        parameters: dict[str, str | int] = {"rule": number}
        key = str(info.get("key", ""))
        if not key:
            key = f"rule-{each.case.rule}"
            parameters["said"] = str(info.get("message", ""))
        yield Finding(Severity.RULESET, place.identifier, place.path, place.line, key, parameters, number)
