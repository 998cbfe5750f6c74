import pytest

from ayni.methods.passages import find_passage

TEXT = "El idioma\n es una  barrera (a veces). El idioma cuesta."


@pytest.mark.parametrize(
    ("passage", "quote"),
    [
        ("El idioma", "El idioma"),
        ("  idioma es una barrera ", "idioma\n es una  barrera"),
        ("barrera (a veces).", "barrera (a veces)."),
        ("el idioma", None),
        ("idioma barrera", None),
        (".*", None),
        ("", None),
        (" \n", None),
    ],
)
def test_a_passage_quotes_word_for_word(passage, quote):
    assert find_passage(passage, TEXT) == quote
