"""The records of a file, one after another: CSV of any usual separator, Parquet, JSON. Memory does not grow with a CSV or Parquet file."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from ayni.common.delimited import BOMS, SEPARATORS
from ayni.common.errors import Refused

Record = Mapping[str, Any]
BATCH = 20_000
SAMPLE = 1 << 20
LARGEST_JSON = 512 * 2**20
MOST_COLUMNS = 2_000
PARQUET = b"PAR1"


def records(path: Path) -> Iterator[tuple[int, Record]]:
    """(line or number of the record from 1, {column: cell}) of each record.

    Raises Refused, with the line where there is one, for a file that cannot be read through.
    """
    try:
        with path.open("rb") as file:
            start = file.read(SAMPLE)
    except OSError as error:
        raise Refused(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path.name, "reason": error.strerror}
        ) from error
    if not start.strip():
        raise Refused(_("The file is empty. Choose another one."))
    if start.startswith(PARQUET):
        return _parquet(path)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(path)
    return _csv(path, start)


def header_and_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file as they stand, the header first: for tables whose columns are themselves what is told of."""
    with path.open("rb") as file:
        yield from _lines(path, file.read(SAMPLE))


def _csv(path: Path, start: bytes) -> Iterator[tuple[int, Record]]:
    lines = _lines(path, start)
    _number, header = next(lines, (0, []))
    if len(set(header)) < len([name for name in header if name]):
        doubled = sorted({name for name in header if name and header.count(name) > 1})
        raise Refused(_("Columns stand twice: %(names)s.") % {"names": ", ".join(doubled[:5])})
    for number, cells in lines:
        if len(cells) > len(header):
            yield number, {"": cells[len(header) :]}
        else:
            yield number, dict(zip(header, cells, strict=False))


def _lines(path: Path, start: bytes) -> Iterator[tuple[int, list[str]]]:
    before = 0
    try:
        with path.open("r", encoding=_encoding(start), newline="") as file:
            first = file.readline(SAMPLE)
            file.seek(0)
            reader = csv.reader(file, delimiter=max(SEPARATORS, key=first.count), strict=True)
            for cells in reader:
                if len(cells) > MOST_COLUMNS:
                    raise Refused(_too_wide(before + 1))
                if any(cells):
                    yield before + 1, cells
                before = reader.line_num
    except (csv.Error, UnicodeError):
        message = _("Line %(line)d cannot be read: it is not well-formed CSV in one encoding. Nothing was loaded.")
        raise Refused(message % {"line": before + 1}) from None


def _too_wide(line: int) -> str:
    message = _("Line %(line)d has more than %(limit)d columns. Remove those that are not asked for.")
    return message % {"line": line, "limit": MOST_COLUMNS}


def _encoding(start: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows-1252 where the beginning of the file is not UTF-8."""
    marked = next((name for mark, name in BOMS if start.startswith(mark)), None)
    if marked:
        return marked
    try:
        # What is cut off at the end of the sample is no fault.
        start[: start.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _parquet(path: Path) -> Iterator[tuple[int, Record]]:
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError, ValueError):
        raise Refused(_("The Parquet file is damaged. Nothing was loaded.")) from None


def _json(path: Path) -> Iterator[tuple[int, Record]]:
    if path.stat().st_size > LARGEST_JSON:
        raise Refused(_("The JSON file is larger than %(limit)d MB. Split it.") % {"limit": LARGEST_JSON // 2**20})
    try:
        value = _parsed(path.read_bytes())
    except (ValueError, RecursionError):
        raise Refused(_("The file is not well-formed JSON. Nothing was loaded.")) from None
    for number, record in enumerate(_documents(value), 1):
        yield number, record if isinstance(record, dict) else {}


def _parsed(data: bytes) -> Any:
    """A JSON value, or one on each line."""
    text = data.decode("utf-8-sig")
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in io.StringIO(text) if line.strip()]


def _documents(value: Any) -> list[Any]:
    """The records of a list, of a search's answer, or a single one."""
    if isinstance(value, dict):
        answer = value.get("response")
        if isinstance(answer, dict) and isinstance(answer.get("docs"), list):
            return list(answer["docs"])
        return [value]
    return value if isinstance(value, list) else [value]


# A cell may be as long as a description is; a bound keeps a file without line ends from filling the memory.
csv.field_size_limit(min(sys.maxsize, 2**24))
