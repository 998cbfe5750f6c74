"""What a cell of an edition rests on: whose answer, the passage, who coded it, and where it stands."""

from collections.abc import Callable, Sequence
from typing import Any, overload

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas, Mark
from ayni.atlas.queries.links import concept, country_link, institution_link, label_of, response_url, source_of, whose
from ayni.atlas.queries.tables import table
from ayni.atlas.queries.tables.partners import role_name, unilateral
from ayni.atlas.queries.tables.titles import FIGURES, TABLES
from ayni.common.i18n import text_in

SCHEMES: dict[str, tuple[str, ...]] = {
    "T1": ("outcomes",),
    "T2": ("obstacles",),
    "T5": ("agreement-forms", "agreement-ranks"),
    "T6": ("modalities",),
    "T7": ("topics",),
    "T10": ("me-instruments",),
    "F1": ("learning-types",),
}


class Items(Sequence[dict[str, Any]]):
    """The facts behind a row as its page shows them, made when they are asked for: a page of fifty, not ten thousand."""

    def __init__(self, facts: Sequence[Any], shown: Callable[[Any], dict[str, Any]]) -> None:
        self._facts, self._shown = facts, shown

    def __len__(self) -> int:
        return len(self._facts)

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(place, slice):
            return [self._shown(fact) for fact in self._facts[place]]
        return self._shown(self._facts[place])


def evidence(atlas: Atlas, code: str, key: str) -> dict[str, Any] | None:
    """What the row `key` of the table or figure `code` rests on; None when there is no such row."""
    if code == "T3":
        return partner_evidence(atlas, key)
    if code == "T4":
        return agency_evidence(atlas, key)
    return category_evidence(atlas, code, key)


def category_evidence(atlas: Atlas, code: str, key: str) -> dict[str, Any] | None:
    rows = atlas.figures["F1"]["types"] if code == "F1" else atlas.tables.get(code, {}).get("rows", [])
    row = next((row for row in rows if row.get("concept") == key), None)
    scheme = next((name for name in SCHEMES.get(code, ()) if key in atlas.content["concepts"].get(name, {})), None)
    if row is None or scheme is None:
        return None
    return {
        "table": {"code": code, "title": TABLES.get(code) or FIGURES[code]},
        "title": label_of(atlas, scheme, key),
        "definition": text_in(concept(atlas, scheme, key)["definition"]),
        "items": Items(row["evidence"], lambda item: _coding(atlas, item)),
        "together": bool(row["evidence"]) and all(item["kind"] == "together" for item in row["evidence"]),
    }


def partner_evidence(atlas: Atlas, iso3: str) -> dict[str, Any] | None:
    """Who names a country as a partner, and whether it names them too where it reported."""
    marks = atlas.named_by.get(iso3)
    if not marks:
        return None
    return {
        "table": {"code": "T3", "title": TABLES["T3"]},
        "title": atlas.name(iso3),
        "definition": "",
        "country": country_link(atlas, iso3),
        "together": False,
        "items": Items(marks, lambda mark: _mark(atlas, mark)),
        "unilateral": [pair for pair in unilateral(atlas) if pair["declared"] == country_link(atlas, iso3)],
    }


def agency_evidence(atlas: Atlas, iso3: str) -> dict[str, Any] | None:
    row = next((row for row in table(atlas, "T4")["rows"] if row["country"] == country_link(atlas, iso3)), None)
    if row is None or iso3 not in atlas.countries:
        return None
    raw = next(row for row in atlas.tables["T4"]["rows"] if row["country"] == iso3)
    return {
        "table": {"code": "T4", "title": TABLES["T4"]},
        "title": atlas.name(iso3),
        "definition": "",
        "together": False,
        "items": [
            {
                "who": row["respondents"],
                "kind": "response",
                "question": _question(atlas, "q03"),
                "passage": f"{agency['label']}: {agency['role']}" if agency["role"] else agency["label"],
                "quoted": False,
                "coder": "",
                "source": source_of(atlas, fact["source"]),
                "answer": _answer(atlas, raw["respondents"][0], "q03") if len(raw["respondents"]) == 1 else "",
            }
            for scope in ("national", "international")
            for agency, fact in zip(row[scope], raw[scope], strict=True)
        ],
    }


def _mark(atlas: Atlas, mark: Mark) -> dict[str, Any]:
    return {
        "who": [institution_link(atlas, mark.institution)],
        "kind": "response",
        "question": _question(atlas, "q08"),
        "passage": role_name(mark.role),
        "quoted": False,
        "coder": "",
        "period": mark.period,
        "source": source_of(atlas, mark.source),
        "answer": _answer(atlas, mark.institution, "q08"),
    }


def _coding(atlas: Atlas, item: dict[str, str]) -> dict[str, Any]:
    codes = [item["code"]] if item["code"] else list(atlas.reporters)
    alone = item["kind"] == "response"
    return {
        "who": whose(atlas, item["kind"], codes),
        "kind": item["kind"],
        "question": _question(atlas, item["question"]),
        "passage": item["passage"],
        "quoted": True,
        "coder": item["coder"],
        "source": source_of(atlas, item["source"]),
        "answer": _answer(atlas, item["code"], item["question"]) if alone else "",
    }


def _question(atlas: Atlas, code: str) -> str:
    for question in atlas.tables["T13"]["questions"]:
        if question["code"] == code:
            label = {"number": question["number"], "label": text_in(question["label"])}
            return _("%(number)s. %(label)s") % label
    return ""


def _answer(atlas: Atlas, institution: str, question: str) -> str:
    url = response_url(atlas, institution)
    return f"{url}#{question}" if url else ""
