"""What becomes of each type that the `type` column of an XLSForm can hold."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.surveys.formats.spec import Kind


class Treatment(StrEnum):
    """A question, a bracket of a group, a row left out with a warning, a setting, or a refusal."""

    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    DROPPED = "dropped"
    SETTING = "setting"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowType:
    """How a row is treated. `remark` is the sentence for the user, empty when nothing is lost."""

    treatment: Treatment
    kind: Kind | None = None
    remark: Promise | str = ""
    integer: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    list_name: str = ""
    or_other: bool = False
    setting: str = ""


SELECTS = frozenset(
    f"{command}{using}"
    for command in ("select one", "select multiple", "select all that apply", "select1")
    for using in ("", " from", " using", " external", " from file")
) | {"add select one prompt using", "add select multiple prompt using", "rank"}
MULTIPLE = ("multiple", "all that apply")
DATA_FILES = (".csv", ".xml", ".geojson")

TEXT = RowType(Treatment.QUESTION, Kind.TEXT)
INTEGER = RowType(Treatment.QUESTION, Kind.NUMBER, integer=True)
DECIMAL = RowType(Treatment.QUESTION, Kind.NUMBER)
DATE = RowType(Treatment.QUESTION, Kind.DATE)
NOTE = RowType(Treatment.QUESTION, Kind.NOTE)
FILE = RowType(Treatment.QUESTION, Kind.FILE)
UPLOAD = RowType(Treatment.QUESTION, Kind.FILE, _("Pictures and recordings are asked for as a file to be uploaded."))
MOMENT = RowType(Treatment.QUESTION, Kind.DATE, _("A date with its time is asked for as a date only."))
TIME = RowType(Treatment.QUESTION, Kind.TEXT, _("A time of day is asked for as text."))
CODED = RowType(Treatment.QUESTION, Kind.TEXT, _("A bar code is asked for as text, without the scanner."))
PHONE = RowType(
    Treatment.QUESTION,
    Kind.TEXT,
    _("A telephone number is asked for as text, and may hold more than digits."),
)
ACKNOWLEDGED = RowType(
    Treatment.QUESTION,
    Kind.NOTE,
    _("The text is shown as a note; that someone has confirmed it is not recorded."),
)
METADATA = RowType(
    Treatment.DROPPED,
    remark=_("Data that the device would record by itself are not collected; the row is left out."),
)
HIDDEN = RowType(Treatment.DROPPED, remark=_("Hidden fields that nobody answers are left out."))
PLACE = RowType(
    Treatment.REFUSED,
    remark=_("Places on a map are not supported. Ask for the place in words, or remove the row."),
)
REPEAT = RowType(
    Treatment.REFUSED,
    remark=_(
        "Repeated groups are not supported. Ask for the items in one long text, or use a fixed number of questions; "
        "countries and institutions have kinds of their own."
    ),
)
LOOP = RowType(
    Treatment.REFUSED,
    remark=_("Loops over a list are not supported. Write one question for each item of the list."),
)
INCLUDE = RowType(
    Treatment.REFUSED,
    remark=_("A part of another file is to be included here. Copy its rows into this sheet instead."),
)
CALCULATE = RowType(
    Treatment.REFUSED,
    remark=_(
        "Calculations inside a questionnaire are not supported. Remove the row; figures are computed from the answers."
    ),
)
OUTSIDE = RowType(
    Treatment.REFUSED,
    remark=_("Options from another file are not supported. Write the options on the sheet “choices”."),
)
CASCADE = RowType(
    Treatment.REFUSED,
    remark=_("Cascading selects are not supported. Use one list for each question, each on a condition."),
)
RANK = RowType(
    Treatment.REFUSED,
    remark=_("Putting options in order is not supported. Ask for the first, the second … one by one."),
)
WATCHED = RowType(
    Treatment.REFUSED,
    remark=_("The form would record how and where people fill it in. That is not done here; remove the row."),
)
UNKNOWN = RowType(Treatment.REFUSED, remark=_("“%(type)s” is not a type of question that is known here."))


def _days(most: int) -> RowType:
    return RowType(Treatment.QUESTION, Kind.NUMBER, integer=True, minimum=Decimal(0), maximum=Decimal(most))


TYPES: dict[str, RowType] = {
    **dict.fromkeys(("text", "string", "q string", "add text prompt"), TEXT),
    **dict.fromkeys(("integer", "int", "q int", "add integer prompt"), INTEGER),
    **dict.fromkeys(("decimal", "q decimal", "add decimal prompt", "range"), DECIMAL),
    **dict.fromkeys(("date", "q date", "add date prompt"), DATE),
    **dict.fromkeys(("datetime", "date time", "q date time", "q datetime"), MOMENT),
    **dict.fromkeys(("add date time prompt", "add datetime prompt"), MOMENT),
    **dict.fromkeys(("note", "q note", "add note prompt"), NOTE),
    **dict.fromkeys(("file", "add file prompt"), FILE),
    **dict.fromkeys((f"{a}{b}" for a in ("", "q ") for b in ("image", "picture", "photo", "audio", "video")), UPLOAD),
    **dict.fromkeys((f"add {b} prompt" for b in ("image", "photo", "audio", "video")), UPLOAD),
    **dict.fromkeys(("barcode", "q barcode", "add barcode prompt"), CODED),
    **dict.fromkeys(("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"), ACKNOWLEDGED),
    **dict.fromkeys((f"{a}{b}" for a in ("", "q ") for b in ("geopoint", "geotrace", "geoshape", "location")), PLACE),
    **dict.fromkeys(("gps", "add location prompt", "osm"), PLACE),
    **dict.fromkeys(
        (f"{a}{b}" for a in ("", "get ") for b in ("start time", "end time", "device id", "sim id")), METADATA
    ),
    **dict.fromkeys(("start", "end", "today", "get today", "subscriber id", "get subscriber id"), METADATA),
    **dict.fromkeys(("get phone number", "phonenumber", "imei", "deviceid", "simserial", "subscriberid"), METADATA),
    **dict.fromkeys(("username", "email"), METADATA),
    **dict.fromkeys(("calculate", "q calculate", "add calculate prompt"), CALCULATE),
    **dict.fromkeys(("csv-external", "xml-external"), OUTSIDE),
    **dict.fromkeys(("audit", "background-audio", "background-geopoint", "start-geopoint"), WATCHED),
    "time": TIME,
    "phone number": PHONE,
    "hidden": HIDDEN,
    "percentage": _days(100),
    "number of days in last month": _days(31),
    "number of days in last six months": _days(183),
    "number of days in last year": _days(365),
    "begin group": RowType(Treatment.BEGIN),
    "end group": RowType(Treatment.END),
    **dict.fromkeys(("begin repeat", "begin lgroup", "begin looped group"), REPEAT),
    **dict.fromkeys(("end repeat", "end lgroup", "end looped group", "end loop"), RowType(Treatment.DROPPED)),
    **{
        name: RowType(Treatment.SETTING, setting=setting)
        for setting, names in {
            "form_title": ("form title", "set form title", "title"),
            "form_id": ("form id", "set form id"),
        }.items()
        for name in names
    },
}


def row_type(written: str) -> RowType:
    """The treatment of a row by what stands in its `type` column, "select_one colours or_other" included."""
    name = " ".join(written.split())
    plain = _spaced(name)
    if plain in TYPES:
        return TYPES[plain]
    if plain.startswith("uri:"):
        return METADATA
    if plain.startswith("begin loop"):
        return LOOP
    if plain == "include" or plain.startswith("include "):
        return INCLUDE
    if plain.startswith("cascading select"):
        return CASCADE
    if plain.startswith("osm "):
        return PLACE
    return _select(name) or UNKNOWN


def _spaced(name: str) -> str:
    return name.lower().replace("_", " ")


def _select(name: str) -> RowType | None:
    command, list_name, or_other = _command_and_list(name)
    if command not in SELECTS or not list_name:
        return None
    if command == "rank":
        return RANK
    if "external" in command or "file" in command or list_name.lower().endswith(DATA_FILES) or "${" in list_name:
        return OUTSIDE
    kind = Kind.MULTIPLE if any(word in command for word in MULTIPLE) else Kind.SINGLE
    return RowType(Treatment.QUESTION, kind, list_name=list_name, or_other=or_other)


def _command_and_list(name: str) -> tuple[str, str, bool]:
    """Command, list and whether "other" is offered; underscores stand for blanks, but never in the list's name."""
    or_other = False
    for ending in (" or specify other", " or_other", " or other"):
        if name.lower().endswith(ending):
            name, or_other = name[: -len(ending)], True
    command, _blank, list_name = name.rpartition(" ")
    return _spaced(command), list_name, or_other
