"""What the minor versions of the standard added, so that a file that says it is older is told what it uses of a younger one.

Such findings are weak: minor versions only add, and the schema of 2.03 judges all of them.
Facts: the change logs of 2.02 and 2.03, https://iatistandard.org/en/iati-standard/upgrades/
"""

from collections.abc import Iterator
from functools import cache

from lxml import etree

from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part
from ayni.iati.places import place_of
from ayni.iati.rules.possible import last_of
from ayni.iati.source import Header
from ayni.iati.tags import Tags

KNOWN = ("2.01", "2.02", "2.03")

# Since which version, in which kind of record, what: paths, several children of one parent in braces.
_ADDED = """
2.02 activity @humanitarian humanitarian-scope participating-org/@activity-id budget/@status crs-add/channel-code
2.02 activity {recipient-region|sector|policy-marker|transaction/sector|transaction/recipient-region}/@vocabulary-uri
2.02 activity planned-disbursement/{provider-org|receiver-org} document-link/document-date result/indicator/reference
2.02 activity transaction/@humanitarian transaction/{provider-org|receiver-org}/@type
2.02 activity result/indicator/period/target/{location|dimension} result/indicator/period/actual/{location|dimension}
2.02 organisation {total-budget|recipient-org-budget}/@status recipient-region-budget total-expenditure document-link/document-date
2.03 activity @budget-not-provided tag participating-org/@crs-channel-code {default-aid-type|transaction/aid-type}/@vocabulary
2.03 activity document-link/description result/{document-link|reference} result/indicator/document-link
2.03 activity result/indicator/@aggregation-status result/indicator/baseline/{location|dimension|document-link|@iso-date}
2.03 activity result/indicator/period/{target|actual}/document-link
2.03 organisation document-link/description
"""


@cache
def added(kind: str) -> tuple[tuple[str, str], ...]:
    """(version, absolute path) of everything that a minor version added to files of a kind."""
    record = "activity" if kind == "iati-activities" else "organisation"
    found = []
    for line in _ADDED.strip().splitlines():
        since, of, *paths = line.split()
        if of == record:
            found += [(since, f"/{kind}/iati-{record}/{each}") for path in paths for each in _spread(path)]
    return tuple(found)


def _spread(path: str) -> Iterator[str]:
    before, brace, rest = path.partition("{")
    names, _, after = rest.partition("}")
    yield from (f"{before}{name}{after}" for name in names.split("|")) if brace else (path,)


def version_findings(part: Part, header: Header, *, begins: bool, tags: Tags | None = None) -> Iterator[Finding]:
    """What a part uses of younger versions than the file names; of a version that is none of ours, once that it is none."""
    if header.version not in KNOWN:
        if begins:
            yield Finding(
                Severity.SCHEMA,
                "",
                f"/{header.kind}/@version",
                part.root.sourceline or 1,
                "foreign-version",
                {"version": header.version[:20]},
                "version",
                weak=True,
            )
        return
    for since, path in added(header.kind):
        last = last_of(path, "")
        if since > header.version and not (tags is not None and last is not None and last.absent(tags)):
            yield from _younger(since, path, part, header)


def _younger(since: str, path: str, part: Part, header: Header) -> Iterator[Finding]:
    for node in etree.XPath(path)(part.root):
        place = place_of(node, part, header)
        parameters: dict[str, str | int] = {"version": header.version, "since": since}
        if isinstance(node, etree._Element):
            key, parameters["element"] = "younger", str(node.tag)
        else:
            key, parameters["element"], parameters["attribute"] = (
                "younger-attribute",
                node.getparent().tag,
                node.attrname,
            )
        yield Finding(Severity.SCHEMA, place.identifier, place.path, place.line, key, parameters, "version", weak=True)
