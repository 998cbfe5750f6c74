"""Office files are ZIP archives; the clock must not decide their bytes."""

import io
import zipfile

FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def with_fixed_dates(body: bytes) -> bytes:
    """The same archive, each of its members dated 1 January 1980."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(zipfile.ZipInfo(member.filename, FIRST_DATE), old.read(member), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
