"""Numbers are written as Django writes them, in each language; a list to choose from is drawn as Django draws it."""

import pytest
from django.forms import Select
from django.utils.formats import number_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertHTMLEqual

from ayni.common.i18n import LANGUAGES
from ayni.common.numbers import number_writer
from ayni.common.picker import OneOf


@given(st.sampled_from(LANGUAGES), st.floats(-1e10, 1e10) | st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_a_number_is_written_as_django_writes_it(lang, value, places):
    with override(lang):
        assert number_writer()(value, places) == number_format(round(value, places), decimal_pos=places)


@pytest.mark.parametrize("chosen", [None, "", "a&b", "none"])
def test_a_list_to_choose_from_is_drawn_as_django_draws_it(chosen):
    choices = [("", "All"), ("a&b", "<A> & B"), ("c", "C")]
    attrs = {"id": "id_way", "required": True, "aria-describedby": "help"}
    assertHTMLEqual(
        OneOf(choices=choices).render("way", chosen, attrs), Select(choices=choices).render("way", chosen, attrs)
    )
