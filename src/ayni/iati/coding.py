"""The second judge: whether each code is on its list, where its vocabulary asks for that list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from ayni.iati.codelists import CodeList
from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part, parser
from ayni.iati.places import place_of
from ayni.iati.rules.possible import last_of
from ayni.iati.source import Header
from ayni.iati.tags import Attributes, Tags

_LANGUAGES = "//@xml:lang"


@dataclass(frozen=True, slots=True)
class Mapped:
    """An attribute or text that speaks in a list; ``path`` is absolute, its condition within."""

    path: str
    list: str


def mapping(folder: Path | None = None) -> tuple[Mapped, ...]:
    """The mapping of a folder (the standard's ``*mapping*.xml``), else the shipped one."""
    found = sorted(folder.rglob("*mapping*.xml")) if folder else []
    return _from_xml(found[-1]) if found else _shipped()


@cache
def _shipped() -> tuple[Mapped, ...]:
    text = (files("ayni.iati") / "mapping.txt").read_text("utf-8")
    mapped = [Mapped(f"/{kind}/@version", "Version") for kind in ("iati-activities", "iati-organisations")]
    mapped.append(Mapped(_LANGUAGES, "Language"))
    for line in text.splitlines():
        if not line.startswith("#"):
            mapped.extend(_line(*line.split()))
    return tuple(mapped)


def _line(kind: str, name: str, paths: str, vocabulary: str = "") -> Iterator[Mapped]:
    condition = _vocabulary(vocabulary.removeprefix("@v=")) if vocabulary else ""
    elements, slash, leaf = paths.rpartition("/")
    for record in ("activity", "organisation") if kind == "*" else (kind,):
        root = f"/iati-{'activities' if record == 'activity' else 'organisations'}/iati-{record}"
        for element in elements.split("|") if slash else ("",):
            yield Mapped(f"{root}{'/' * bool(element)}{element}{condition}/{leaf}", name)


def _vocabulary(code: str) -> str:
    return "[not(@vocabulary) or @vocabulary='1']" if code == "1" else f"[@vocabulary='{code}']"


def _from_xml(path: Path) -> tuple[Mapped, ...]:
    mapped = []
    for each in etree.parse(str(path), parser()).getroot().iterchildren("mapping"):
        element, _, leaf = (each.findtext("path") or "").rpartition("/")
        element = re.sub(r"^//(iati-activit|iati-organisation)(ies|y|s|)(?=/|$)", _root, element)
        condition = each.findtext("condition")
        code_list = each.find("codelist")
        if code_list is not None:
            mapped.append(
                Mapped(f"{element or '/'}{f'[{condition}]' if condition else ''}/{leaf}", code_list.get("ref", ""))
            )
    return tuple(mapped)


def _root(found: re.Match[str]) -> str:
    plural = "iati-activities" if found.group(1) == "iati-activit" else "iati-organisations"
    record = {"y": "/iati-activity", "": "/iati-organisation"}.get(found.group(2), "")
    return f"/{plural}{record}"


@cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)


def code_findings(
    part: Part,
    header: Header,
    mapped: tuple[Mapped, ...],
    lists: Mapping[str, CodeList],
    *,
    begins: bool,
    tags: Tags | None = None,
) -> Iterator[Finding]:
    """What the lists say of a part. ``tags``: its start tags, where they are known, to pass over what is right."""
    own = (f"/{header.kind}/", "//")
    for each in mapped:
        known = lists.get(each.list)
        if known is None or not each.path.startswith(own) or (each.list == "Version" and not begins):
            continue
        if tags is None or _suspect(each, known.codes, tags):
            yield from _wrong(each, known, part, header)


def _suspect(each: Mapped, codes: frozenset[str], tags: Tags) -> bool:
    """Whether some code of a batch may not be on the list."""
    if each.path == _LANGUAGES:
        return any(_off(tags.of(name), _LANGUAGES[3:], codes) for name in tags.names())
    last = last_of(each.path, "")
    if last is None or not last.attribute:
        return last is None or bool(last.told(tags) is None or last.told(tags))
    return _off(last.told(tags), last.attribute, codes)


def _off(told: Sequence[Attributes] | None, attribute: str, codes: frozenset[str]) -> bool:
    return told is None or not codes.issuperset([each[attribute] for each in told if attribute in each])


def _wrong(each: Mapped, known: CodeList, part: Part, header: Header) -> Iterator[Finding]:
    for node in _compiled(each.path)(part.root):
        code = str(node)
        if code not in known.codes:
            place = place_of(node, part, header)
            yield Finding(
                Severity.CODELIST,
                place.identifier,
                place.path,
                place.line,
                "code-wrong" if known.complete else "code-unusual",
                {"code": code[:100], "list": known.name},
                known.name,
                weak=not known.complete,
            )
