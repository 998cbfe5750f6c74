"""An uploaded workbook or CSV file as sheets of plain cells, after the gate; what is wrong is told, never raised."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from ayni.common.delimited import read_rows
from ayni.common.errors import Refused
from ayni.common.workbooks.findings import Finding
from ayni.common.workbooks.safe_upload import FileType, UploadLimits, inspect
from ayni.common.workbooks.workbook import Cell, Row, Sheet, UnreadableWorkbook, read_workbook

ACCEPTED = frozenset({FileType.XLSX, FileType.XLSM, FileType.XLS, FileType.TEXT})
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class SheetsRead:
    """The sheets, none of them when the file cannot be read; `findings` say why, or warn."""

    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()


def every_sheet(names: Sequence[str]) -> Collection[str]:
    """All sheets of a workbook."""
    return names


def read_sheets(
    data: bytes,
    *,
    name: str = "",
    limits: UploadLimits,
    max_rows: int,
    max_columns: int,
    wanted: Callable[[Sequence[str]], Collection[str]] = every_sheet,
) -> SheetsRead:
    """Read an upload; `name` is only compared with its content. A CSV file is one sheet without a name."""
    inspection = inspect(data, accept=ACCEPTED, name=name, limits=limits)
    # To the gate, which knows no encodings, UTF-16 is no text.
    utf16 = data[:2] in UTF16
    if not inspection.accepted and not utf16:
        return SheetsRead(findings=inspection.findings)
    told = () if utf16 else inspection.findings
    try:
        if utf16 or inspection.file_type is FileType.TEXT:
            return SheetsRead((_from_csv(data, max_rows, max_columns),), told)
        read = read_workbook(data, inspection.file_type, wanted=wanted, max_rows=max_rows + 1, max_columns=max_columns)
    except UnreadableWorkbook as unreadable:
        return SheetsRead(findings=(*inspection.findings, unreadable.finding))
    except Refused as refusal:
        return SheetsRead(findings=(*inspection.findings, Finding(str(refusal))))
    return SheetsRead(tuple(read.sheets.values()), told)


def _from_csv(data: bytes, max_rows: int, max_columns: int) -> Sheet:
    rows = (
        Row(number, {at: Cell(text, text.startswith("=")) for at, text in enumerate(cells, 1) if text})
        for number, cells in read_rows(data, most=max_rows, most_columns=max_columns)
    )
    return Sheet("", tuple(rows))
