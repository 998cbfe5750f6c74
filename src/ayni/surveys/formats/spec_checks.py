"""What every code and text of an instrument must satisfy."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES

Text = Mapping[str, str]

CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
CHOICE_CODE = re.compile(r"[^\s'\"<>&]+")
# Characters that XML, and so a workbook, cannot hold; line feed and tab stay.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST_CODE = 40  # what the tables hold, as for options
LONGEST_CHOICE = 60
LONGEST_TEXT = 32_000  # a cell of a spreadsheet holds 32,767 characters
LONGEST_LINE = 250
RESERVED_LISTS = "ayni_"  # lists that the workbook brings along: countries, currencies
RESERVED_CODES = frozenset({"meta", "instanceid", "instancename"})


class SpecError(ValueError):
    """An instrument that cannot be. The message is a translated sentence; `code` is the question, section or list meant."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def check_code(code: str) -> None:
    """Raise SpecError unless `code` can name a section, a question, a list or an instrument."""
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE or code.lower() in RESERVED_CODES:
        raise SpecError(
            _(
                "“%(code)s” cannot be a code: begin with a letter or an underscore, then letters without accents, digits, "
                "underscores or hyphens, 40 characters at most."
            )
            % {"code": code},
            code,
        )


def check_list_code(code: str) -> None:
    """Raise SpecError unless `code` can name a list of options in a workbook."""
    check_code(code)
    if code.lower().startswith(RESERVED_LISTS):
        raise SpecError(
            _("“%(code)s” cannot name a list of options: nothing may begin with “ayni_”.") % {"code": code},
            code,
        )


def check_choice_code(code: str) -> None:
    """Raise SpecError unless `code` can name an option."""
    if not CHOICE_CODE.fullmatch(code) or UNWRITABLE.search(code) or len(code) > LONGEST_CHOICE:
        raise SpecError(
            _("“%(code)s” cannot be the code of an option: use up to 60 characters without blanks or quotation marks.")
            % {"code": code},
            code,
        )


def check_unique(codes: Iterable[str], within: str) -> None:
    """Raise SpecError when a code occurs twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise SpecError(
                _("The code “%(code)s” is used twice in “%(within)s”.") % {"code": code, "within": within},
                code,
            )
        seen.add(code)


def checked_text(text: Text, code: str) -> dict[str, str]:
    """`text` in normal form: line ends as \\n, no blanks around, no empty languages.

    Raises SpecError on an unknown language and on words that no spreadsheet can hold.
    """
    for language in text:
        if language not in LANGUAGES:
            raise SpecError(
                _("“%(code)s” has a text in the unknown language “%(language)s”.")
                % {"code": code, "language": language},
                code,
            )
    words = {language: _checked_words(text[language], code, LONGEST_TEXT) for language in LANGUAGES if language in text}
    return {language: text for language, text in words.items() if text}


def checked_line(line: str, code: str) -> str:
    """`line` without blanks around. Raises SpecError when it is long or breaks."""
    words = _checked_words(line, code, LONGEST_LINE)
    if "\n" in words or "\t" in words:
        raise SpecError(_("“%(code)s” has a line break where one line is wanted.") % {"code": code}, code)
    return words


def _checked_words(words: str, code: str, longest: int) -> str:
    words = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(words) > longest or UNWRITABLE.search(words) or "${" in words:
        raise SpecError(
            _("A text of “%(code)s” is too long, or holds control characters or “${”.") % {"code": code}, code
        )
    return words
