"""The second judge: whether each code is on its list, where its vocabulary asks for that list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from ayni.iati.codelists import CodeList
from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part, parser
from ayni.iati.places import place_of
from ayni.iati.source import Header

_ENDS = re.compile(r"/([\w-]+)(?:\[.*\])?/@([\w-]+)$")


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
    mapped.append(Mapped("//@xml:lang", "Language"))
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
def _compiled(path: str, smart: bool) -> etree.XPath:
    return etree.XPath(path, smart_strings=smart)


def code_findings(
    part: Part, header: Header, mapped: tuple[Mapped, ...], lists: Mapping[str, CodeList], *, begins: bool
) -> Iterator[Finding]:
    """What the lists say of a part."""
    own = (f"/{header.kind}/", "//")
    judged = tuple(each for each in mapped if each.list in lists and each.path.startswith(own))
    suspects = _suspects(judged, lists, part.root)
    for each in judged:
        if each in suspects and (begins or each.list != "Version"):
            yield from _wrong(each, lists[each.list], part, header)


def _suspects(mapped: tuple[Mapped, ...], lists: Mapping[str, CodeList], root: etree._Element) -> set[Mapped]:
    """The paths that may hold a code that is not on its list: one walk over the elements whose names end a path.

    A walk is six times as fast as asking each path; only the paths it names are then asked.
    """
    watched: dict[str, list[tuple[str, frozenset[str], Mapped]]] = {}
    found = set()
    for each in mapped:
        ends = _ENDS.search(each.path)
        if ends is None:
            if not lists[each.list].codes.issuperset(_compiled(each.path, False)(root)):
                found.add(each)
        else:
            watched.setdefault(ends.group(1), []).append((ends.group(2), lists[each.list].codes, each))
    for element in root.iter(*watched):
        for attribute, codes, each in watched[element.tag]:
            code = element.get(attribute)
            if code is not None and code not in codes:
                found.add(each)
    return found


def _wrong(each: Mapped, known: CodeList, part: Part, header: Header) -> Iterator[Finding]:
    for node in _compiled(each.path, True)(part.root):
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
