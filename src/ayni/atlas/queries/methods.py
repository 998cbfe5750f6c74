"""The methods behind the numbers (data/*/methods.json); those of the diagnosis with an example computed from an edition."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import label_of
from ayni.common.i18n import text_in
from ayni.common.reference import document
from ayni.methods.comparison import compare
from ayni.methods.concentration import hhi, normalised_hhi

METHODS: list[dict[str, Any]] = [
    *document("diagnosis/methods.json"),
    *document("exchange/methods.json"),
    *document("learning/evaluation_methods.json"),
    *document("learning/methods.json"),
    *document("registry/methods.json"),
    *document("flows/methods.json"),
]
Example = dict[str, Any]


def worked(atlas: Atlas, code: str) -> Example | None:
    """An example of the method on the numbers of `atlas`: text, caption, columns, rows, result, anchor of the report.

    None where the edition has nothing to work it on.
    """
    example = EXAMPLES.get(code)
    return example(atlas) if example and atlas.marks and atlas.reporters else None


def partner_matrix(atlas: Atlas) -> Example:
    matrix = atlas.tables["T3"]
    return {
        "text": _("The partners of each region over all partners."),
        "caption": _("Partners by region"),
        "columns": [_("Region"), _("Partner countries"), _("Share")],
        "rows": [
            [
                text_in(name),
                number_format(matrix["regions"][code]["partners"]),
                _percent(matrix["regions"][code]["partners"] / matrix["partners"]),
            ]
            for code, name in atlas.regions.items()
        ],
        "result": _("%(partners)s partner countries, %(pairs)s pairs of countries.")
        % {"partners": number_format(matrix["partners"]), "pairs": number_format(matrix["pairs"])},
        "anchor": "t3",
    }


def declarations(atlas: Atlas) -> Example:
    quality = atlas.content["quality"]
    standing = [(_("both sides"), pair) for pair in quality["mutual"]]
    standing += [(_("one side only"), pair) for pair in quality["unilateral"]]
    return {
        "text": _("Every pair of reporting countries that at least one of them declares."),
        "caption": _("Pairs of reporting countries"),
        "columns": [_("Pair"), _("Declared by")],
        "rows": [[f"{atlas.name(one)} – {atlas.name(other)}", words] for words, (one, other) in standing],
        "result": _("%(mutual)s declared by both sides, %(unilateral)s by one side only.")
        % {"mutual": len(quality["mutual"]), "unilateral": len(quality["unilateral"])},
        "anchor": "quality",
    }


def concentration(atlas: Atlas) -> Example | None:
    reporter = next((code for code in atlas.reporters if atlas.partners[code]), None)
    if reporter is None:
        return None
    counts = [
        sum(atlas.countries[partner]["region"] == region for partner in atlas.partners[reporter])
        for region in atlas.regions
    ]
    total = sum(counts)
    return {
        "text": _("The partners of %(country)s, its institutions merged.") % {"country": atlas.name(reporter)},
        "caption": _("Shares and their squares"),
        "columns": [_("Region"), _("Partner countries"), _("Share"), _("Share squared")],
        "rows": [
            [text_in(name), number_format(count), _decimal(count / total), _decimal((count / total) ** 2)]
            for name, count in zip(atlas.regions.values(), counts, strict=True)
        ],
        "result": _("The squares add up to %(index)s; normalised: %(normalised)s.")
        % {"index": _decimal(hhi(counts)), "normalised": _decimal(normalised_hhi(counts))},
        "anchor": "map",
    }


def network(atlas: Atlas) -> Example:
    reporters = len(atlas.reporters)
    mutual = len(atlas.content["quality"]["mutual"])
    density = atlas.figures["F7"]["estimable"]["density"]["value"]
    return {
        "text": _("The pairs that both sides declare, over all pairs of reporting countries."),
        "caption": _("Density among the reporting countries"),
        "columns": [_("What"), _("Number")],
        "rows": [
            [_("Reporting countries"), number_format(reporters)],
            [_("Pairs of reporting countries"), number_format(reporters * (reporters - 1) // 2)],
            [_("Declared by both sides"), number_format(mutual)],
        ],
        "result": _("Density: %(density)s.") % {"density": _decimal(density)}
        if density is not None
        else _("With fewer than three reporting countries the density is not estimated."),
        "anchor": "map",
    }


def comparison(atlas: Atlas) -> Example | None:
    if len(atlas.reporters) < 2:
        return None
    left, right = atlas.reporters[:2]
    found = compare(atlas.partners[left], atlas.partners[right])
    names = {"left": atlas.name(left), "right": atlas.name(right)}
    return {
        "text": _("The partners of %(left)s and of %(right)s.") % names,
        "caption": _("Shared and exclusive partners"),
        "columns": [_("What"), _("Partner countries")],
        "rows": [
            [_("Shared"), number_format(len(found.shared))],
            [_("Only %(country)s") % {"country": names["left"]}, number_format(len(found.only_left))],
            [_("Only %(country)s") % {"country": names["right"]}, number_format(len(found.only_right))],
        ],
        "result": _("Jaccard index: %(index)s.") % {"index": "–" if found.jaccard is None else _decimal(found.jaccard)},
        "anchor": "t3",
    }


def tallies(atlas: Atlas) -> Example:
    rows = atlas.tables["T1"]["rows"]
    return {
        "text": _("The outcomes, and how many institutions each was coded for."),
        "caption": _("Outcomes of the cooperation"),
        "columns": [_("Outcome"), _("Institutions")],
        "rows": [
            [
                label_of(atlas, "outcomes", row["concept"]),
                _("all together") if row["count"] is None else number_format(row["count"]),
            ]
            for row in rows
        ],
        "result": "",
        "anchor": "t1",
    }


def coverage(atlas: Atlas) -> Example:
    questions = len(atlas.tables["T13"]["questions"])
    return {
        "text": _("The questions that are not missing, over all questions."),
        "caption": _("Coverage by institution"),
        "columns": [_("Institution"), _("Not missing"), _("Questions"), _("Coverage")],
        "rows": [
            [
                atlas.acronym(row["institution"]),
                number_format(sum(state != "missing" for state in row["answered"].values())),
                number_format(questions),
                _percent(row["share"]),
            ]
            for row in atlas.tables["T13"]["rows"]
        ],
        "result": "",
        "anchor": "t13",
    }


EXAMPLES: dict[str, Callable[[Atlas], Example | None]] = {
    "partner-matrix": partner_matrix,
    "declarations": declarations,
    "concentration": concentration,
    "network": network,
    "comparison": comparison,
    "tallies": tallies,
    "coverage": coverage,
}


def _percent(share: float) -> str:
    return f"{number_format(round(share * 100, 1), 1)} %"


def _decimal(value: float) -> str:
    return number_format(round(value, 4), 4)
