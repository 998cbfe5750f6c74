"""T13: which questions each institution answered."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import institution_link
from ayni.common.i18n import text_in

STATES = {
    "answered": (_("Answered"), "●"),
    "coded": (_("Coded"), "◐"),
    "together": (_("Jointly"), "○"),
    "missing": (_("Missing"), "–"),
}


def coverage(atlas: Atlas) -> dict[str, Any]:
    rows = atlas.tables["T13"]["rows"]
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
