"""Components as a page meets them: forms, tags, the theme's cookie."""

from http import HTTPStatus

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from ayni.common.forms import Renderer
from ayni.common.templatetags.components import nth, page_numbers
from ayni.common.views.pages import theme


class Question(forms.Form):
    default_renderer = Renderer

    name = forms.CharField(label="Name", help_text="In full.")
    partners = forms.MultipleChoiceField(
        label="Partners", choices=[("MDS", "MDS"), ("FOSIS", "FOSIS")], widget=forms.CheckboxSelectMultiple
    )
    report = forms.FileField(label="Report")
    note = forms.CharField(label="Note", required=False)
    agreed = forms.BooleanField(label="Agreed")


class Filter(forms.Form):
    default_renderer = Renderer

    region = forms.CharField(label="Region", required=False)
    topic = forms.CharField(label="Topic", required=False)
    country = forms.CharField(label="Country")


def post(**fields: str) -> HttpResponse:
    return theme(RequestFactory().post("/en/theme/", fields))


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def test_a_field_ties_label_help_and_control_together() -> None:
    html = str(Question()["name"].as_field_group())
    assert '<label for="id_name">Name</label>' in html
    assert '<div class="field__help" id="id_name_helptext">In full.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_the_few_optional_fields_are_marked_where_most_are_required() -> None:
    html = str(Question())
    assert html.count("(optional)") == 1
    assert "(required)" not in html


def test_the_few_required_fields_are_marked_where_most_are_optional() -> None:
    html = str(Filter())
    assert html.count("(required)") == 1
    assert "(optional)" not in html


def test_a_group_of_choices_is_a_fieldset_and_a_file_is_not() -> None:
    form = Question()
    assert "<legend>Partners</legend>" in form["partners"].as_field_group()
    assert '<label for="id_report">Report</label>' in form["report"].as_field_group()


def test_a_lone_box_has_its_label_behind_it() -> None:
    html = Question()["agreed"].as_field_group()
    assert html.index('type="checkbox"') < html.index("<span>Agreed</span>")


def test_a_refused_form_begins_with_links_to_what_is_wrong() -> None:
    html = str(Question({"name": "", "note": ""}))
    assert html.index('role="alert"') < html.index('<label for="id_name"')
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert '<a href="#id_partners">' in html
    assert 'id="id_partners"' in html
    assert 'aria-invalid="true"' in html


def test_a_refused_form_of_hidden_fields_still_says_why() -> None:
    class Hidden(forms.Form):
        default_renderer = Renderer
        version = forms.IntegerField(widget=forms.HiddenInput)

    assert "This field is required." in str(Hidden({}))


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_the_theme_is_kept_in_a_cookie(chosen: str) -> None:
    response = post(theme=chosen, next="/en/map/?region=africa")
    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == "/en/map/?region=africa"
    assert response.cookies["theme"].value == chosen


@pytest.mark.parametrize("chosen", ["", "purple", "dark; Secure"])
def test_anything_else_forgets_the_theme(chosen: str) -> None:
    assert post(theme=chosen, next="/en/").cookies["theme"].value == ""


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_theme_leads_back_to_this_site_only(address: str) -> None:
    assert post(theme="dark", next=address)["Location"] == "/en/"


def test_the_theme_is_not_changed_by_a_link() -> None:
    assert theme(RequestFactory().get("/en/theme/?theme=dark")).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_table_region_is_named_and_reached_by_keyboard() -> None:
    template = Template("{% load components %}{% table_region label=name %}<table></table>{% endtable_region %}")
    html = template.render(Context({"name": "A & B"}))
    assert html == ('<div class="table-region" role="group" aria-label="A &amp; B" tabindex="0"><table></table></div>')


def test_a_panel_has_its_heading_and_escapes_it() -> None:
    html = Template("{% load components %}{% panel title=name level=3 %}x{% endpanel %}").render(
        Context({"name": "<b>"})
    )
    assert html == '<section class="panel"><h3>&lt;b&gt;</h3>x</section>'


def test_page_numbers_leave_out_the_middle() -> None:
    page = Paginator(range(230), 10).page(12)
    assert list(page_numbers(page)) == [1, "…", 10, 11, 12, 13, 14, "…", 23]


def test_nth_of_a_short_row_is_empty() -> None:
    assert nth(["a", "b"], 1) == "b"
    assert nth(["a"], 3) == ""


@pytest.mark.parametrize(
    "status",
    ["draft", "open", "submitted", "returned", "accepted", "validated", "published", "frozen", "closed"],
)
def test_a_status_stands_in_words(status: str) -> None:
    assert f">{status.capitalize()}</span>" in render_to_string("components/badge.html", {"status": status})


def test_a_fact_without_a_value_says_so() -> None:
    html = render_to_string("components/definition_list.html", {"items": [{"term": "Cost", "value": None}]})
    assert "Not recorded" in html


def test_a_number_leads_to_its_source() -> None:
    html = render_to_string(
        "components/key_figure.html",
        {"number": "57", "label": "partners", "source": "Table 3", "source_url": "/en/sources/3/"},
    )
    assert 'href="/en/sources/3/"' in html


def test_table_cells_are_escaped() -> None:
    html = render_to_string(
        "components/table.html",
        {"caption": "C", "columns": [{"label": "A"}, {"label": "B", "number": True}], "rows": [["<i>", 3]]},
    )
    assert "&lt;i&gt;" in html
    assert '<td class="number">3</td>' in html
