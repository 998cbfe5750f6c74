"""The notebooks of the client from top to bottom, against the site whose address AYNI_SITE holds.

    AYNI_SITE=http://127.0.0.1:8000 .venv/bin/python -m benchmarks.notebooks

Each cell runs in this process; no other network is asked. Nothing is written back: the notebooks are kept without outputs.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "docs/notebooks"


def cells(path: Path) -> list[str]:
    """The code of a notebook, cell by cell."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


def main() -> None:
    for path in sorted(FOLDER.glob("*.ipynb")):
        started, names = time.perf_counter(), dict[str, Any]()
        for code in cells(path):
            exec(compile(code, path.name, "exec"), names)
        print(f"{path.name}: {len(cells(path))} cells in {time.perf_counter() - started:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
