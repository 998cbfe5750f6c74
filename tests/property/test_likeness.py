"""Likeness of titles against counting by hand, letter by letter."""

from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.likeness import Text, alike, likeness

WORDS = st.lists(
    st.sampled_from(["registro", "registry", "unico", "de", "hogares", "hogar", "pan", "salud", "12"]), max_size=6
)


def by_hand(one: str, other: str) -> tuple[float, int]:
    def starts(text: str) -> set[str]:
        found = set()
        for word in text.split():
            if word.isalpha() and len(word) > 3:
                found.add(word if len(word) < 5 else word[0] + word[1] + word[2] + word[3] + word[4])
        return found

    mine, theirs = starts(one), starts(other)
    common = sum(word in theirs for word in mine)
    least = min(len(mine), len(theirs))
    return (common / least if least else 0.0), common


@given(one=WORDS, other=WORDS)
def test_likeness_is_what_is_counted_by_hand_and_the_same_both_ways(one, other):
    first, second = Text("a", " ".join(one)), Text("b", " ".join(other))
    found = likeness(first, second)
    assert (found.share, found.common) == by_hand(first.words, second.words)
    back = likeness(second, first)
    assert (back.share, back.common) == (found.share, found.common)
    assert 0 <= found.share <= 1
    assert likeness(first, Text("c", first.words)).share in (0.0, 1.0)


@given(one=WORDS, others=st.lists(WORDS, max_size=5))
def test_the_most_alike_come_first_and_nobody_is_like_oneself(one, others):
    mine = Text("0", " ".join(one))
    texts = [mine, *(Text(str(number), " ".join(words)) for number, words in enumerate(others, 1))]
    found = alike(mine, texts)
    expected = {text.key for text in texts[1:] if (hand := by_hand(mine.words, text.words))[0] >= 0.5 and hand[1] >= 2}
    assert {near.key for near in found} == expected
    assert list(found) == sorted(found, key=lambda near: (-near.share, -near.common, near.key))
    assert list(alike(mine, reversed(texts))) == list(found)
