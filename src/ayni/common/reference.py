"""Reads the reference tables that ship with Ayni: UTF-8 CSV files with a header under `data/`."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from ayni.common.i18n import LANGUAGES

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of `data/<name>`, as {column: text}, white space stripped. Raises OSError when there is no such file."""
    with _path(name).open(encoding="utf-8", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]


def document(name: str) -> Any:
    """The value of the JSON file `data/<name>`."""
    return json.loads(_path(name).read_text(encoding="utf-8"))


def texts(row: Mapping[str, str], stem: str) -> dict[str, str]:
    """`{language: text}` from the columns `<stem>_es`, `<stem>_pt`, …; languages without a text are left out."""
    return {code: text for code in LANGUAGES if (text := row.get(f"{stem}_{code}", ""))}


def _path(name: str) -> Path:
    return Path(settings.REFERENCE_DATA) / name
