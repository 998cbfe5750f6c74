"""T13: which questions each institution answered."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import institution_link
from ayni.atlas.queries.tables.partners import WIDE
from ayni.common.i18n import text_in

STATES = {
    "answered": (_("Answered"), "●"),
    "coded": (_("Coded"), "◐"),
    "together": (_("Jointly"), "○"),
    "missing": (_("Missing"), "–"),
}


def coverage(atlas: Atlas) -> dict[str, Any]:
    """A column for each institution; of more than WIDE, how many are in each state."""
    rows = atlas.tables["T13"]["rows"]
    if len(rows) > WIDE:
        return {"counted": _counted(atlas, rows), "institutions": [], "rows": []}
    columns = [
        {
            **institution_link(atlas, row["institution"]),
            "share": row["share"] * 100,
        }
        for row in rows
    ]
    return {
        "institutions": columns,
        "states": [{"label": label, "sign": sign} for label, sign in STATES.values()],
        "rows": [
            {
                "number": question["number"],
                "label": text_in(question["label"]),
                "cells": [
                    {
                        "label": label,
                        "sign": sign,
                        "url": f"{column['answer']}#{question['code']}" if column["answer"] else "",
                    }
                    for column, (label, sign) in (
                        (column, STATES[row["answered"][question["code"]]])
                        for column, row in zip(columns, rows, strict=True)
                    )
                ],
            }
            for question in atlas.tables["T13"]["questions"]
        ],
    }


def _counted(atlas: Atlas, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "states": [label for label, _sign in STATES.values()],
        "rows": [
            {
                "number": question["number"],
                "label": text_in(question["label"]),
                "counts": [sum(row["answered"][question["code"]] == state for row in rows) for state in STATES],
            }
            for question in atlas.tables["T13"]["questions"]
        ],
    }
