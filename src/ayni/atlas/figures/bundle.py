"""The JavaScript that makes charts interactive: Vega, as vl-convert ships it. Nothing is fetched."""

from importlib.metadata import version
from pathlib import Path

import vl_convert

from ayni.atlas.figures.render import VEGA_LITE

NAME = "ayni/vega.js"


def write_bundle(folder: Path) -> bool:
    """Write the bundle under `folder` unless the same one is there already; whether it was written."""
    path = folder / NAME
    head = f"/* vl-convert {version('vl-convert-python')}, Vega-Lite {VEGA_LITE} (BSD-3-Clause) */\n"
    if path.exists():
        with path.open(encoding="utf-8") as file:
            if file.readline() == head:
                return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VEGA_LITE), encoding="utf-8")
    return True
