"""Several of many, as boxes in a panel: what is chosen stands in its head and first in the list."""

import re

import pytest
from django import forms
from django.utils.translation import override

from ayni.common.picker import LONG, Picker


def drawn(chosen, choices):
    class Form(forms.Form):
        kind = forms.MultipleChoiceField(choices=choices, required=False, widget=Picker)

    with override("en"):
        return str(Form(initial={"kind": chosen})["kind"])


CHOICES = [(f"c{number}", f"Choice {number}") for number in range(LONG + 1)]


@pytest.mark.parametrize(
    ("chosen", "head"),
    [([], "All"), (["c3"], "Choice 3"), (["c3", "c1"], "Choice 1, Choice 3"), (["c1", "c2", "c3"], "3 chosen")],
)
def test_the_head_says_what_is_chosen(chosen, head):
    assert f"<summary>{head}</summary>" in drawn(chosen, CHOICES)


def test_what_is_chosen_stands_first_and_is_ticked():
    boxes = re.findall(r'value="(\w+)"( checked)?', drawn(["c5", "c2"], CHOICES))
    assert boxes[:3] == [("c2", " checked"), ("c5", " checked"), ("c0", "")] and len(boxes) == len(CHOICES)


def test_a_long_list_can_be_searched_and_a_short_one_need_not():
    assert "data-narrow" in drawn([], CHOICES) and "data-narrow" not in drawn([], CHOICES[:3])


def test_names_are_written_as_text():
    text = drawn([], [('"><script>', "<b>A & B</b>")])
    assert "<script>" not in text and "&lt;b&gt;A &amp; B&lt;/b&gt;" in text
