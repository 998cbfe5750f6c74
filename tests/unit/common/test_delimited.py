import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.common.delimited import WESTERN, decoded, read_rows
from ayni.common.errors import Refused

spanish = st.text(sorted(WESTERN - {"\u00a0"}) + list("abc ,.-0123"), max_size=40)


@given(spanish)
def test_texts_of_our_languages_survive_each_encoding(text):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decoded(text.encode(encoding)) == text


@given(st.text(list("áéíóúñçãõàè abc"), max_size=40))
def test_windows_1252_is_read_or_refused_but_never_garbled(text):
    data = text.encode("cp1252")
    try:
        assert decoded(data) == text
    except Refused:
        # Two accents in a row may be one letter of UTF-8: nobody can tell.
        assert any(one > "\x7f" and two > "\x7f" for one, two in zip(text, text[1:], strict=False))


def test_rows_keep_the_line_they_begin_in():
    data = b'a;b\r\n"one\r\ntwo";x\r\n\r\n;\r\nlast;y'
    assert read_rows(data) == [(1, ["a", "b"]), (2, ["one\r\ntwo", "x"]), (6, ["last", "y"])]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b'a,b\n1,"2\n', b"a\x00b", b"\xff\xfea", "Привет".encode("cp1251"), "é".encode() + b"\n\xe9"]
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data):
    with pytest.raises(Refused, match=r"\.$"):
        read_rows(data)


def test_columns_without_end_are_refused():
    assert read_rows(b"a,b,,,\n", most_columns=2) == [(1, ["a", "b"])]
    with pytest.raises(Refused, match="more than 2 columns"):
        read_rows(b"a,b\n1,2,3\n", most_columns=2)
