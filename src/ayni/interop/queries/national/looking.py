"""What a profile, perhaps not saved yet, makes of the first rows of a file: the live preview of its page."""

from dataclasses import dataclass

from ayni.iati.model import Activity
from ayni.interop.formats.national.cells import Classes
from ayni.interop.formats.national.profile import NationalProfile
from ayni.interop.formats.national.rows import Rows
from ayni.interop.models import RecordProfile
from ayni.interop.queries.national.reading import classes_of, country_of, lines_of_sample
from ayni.interop.queries.preview import Advice, advice, shown_fields

ROWS = 10
# Of the file, so many rows are kept as its example.
KEPT_ROWS, KEPT_COLUMNS, KEPT_LETTERS = 20, 60, 300


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row: `state` is new (it gives a record) or refused; `fields` what the record says; `doubtful` when something is wrong."""

    line: int
    state: str
    fields: tuple[tuple[str, str], ...]
    advice: tuple[Advice, ...]

    @property
    def doubtful(self) -> bool:
        return self.state != "refused" and bool(self.advice)


@dataclass(frozen=True, slots=True)
class Look:
    """The first rows, and what is wrong with the sheet as a whole."""

    rows: tuple[RowShown, ...]
    about: tuple[Advice, ...]


def look(profile: RecordProfile, declared: NationalProfile) -> Look:
    """What `declared` makes of the profile's example. One query."""
    return look_at(profile, declared, classes_of(profile))


def look_at(profile: RecordProfile, declared: NationalProfile, classes: Classes) -> Look:
    """The same with a crosswalk that is not saved yet."""
    rows = Rows(declared, lines_of_sample(profile.sample), country_of, classes)
    shown = []
    for one in rows:
        told = tuple(advice(each) for each in one.findings)
        fields = tuple(shown_fields(one.record).items()) if isinstance(one.record, Activity) else ()
        shown.append(RowShown(one.line, "new" if one.record else "refused", fields, told))
        if len(shown) == ROWS:
            break
    return Look(tuple(shown), tuple(advice(one) for one in rows.findings))
