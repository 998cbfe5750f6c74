"""Sample content for the style guide: every component once, with things of the field."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATUSES = (
    "draft",
    "open",
    "submitted",
    "returned",
    "accepted",
    "validated",
    "published",
    "frozen",
    "closed",
)
COLOURS = (
    "paper",
    "surface",
    "sunken",
    "ink",
    "muted",
    "rule",
    "field",
    "accent",
    "accent-strong",
    "accent-tint",
) + ("warm", "warm-tint", "good", "good-tint", "caution", "caution-tint", "bad", "bad-tint", "band")
SCALES = {
    "data": [f"data-{number}" for number in range(1, 9)],
    "map": [f"map-{number}" for number in range(6)],
}
INSTITUTIONS = ("MDS", "MIDEPLAN", "FOSIS", "Acción Social", "SEDESOL")
# Table 3: region, partners, and the partners of each institution.
TABLE_3 = (
    (gettext_lazy("Americas and Caribbean"), 31, 15, 13, 21, 19, 18),
    (gettext_lazy("Africa"), 11, 6, 1, 2, 0, 7),
    (gettext_lazy("Asia"), 7, 2, 1, 1, 2, 5),
    (gettext_lazy("Middle East"), 4, 3, 0, 0, 0, 2),
    (gettext_lazy("Europe"), 4, 0, 0, 3, 0, 2),
)
SAVED_AT = datetime(2026, 5, 12, 10, 32, tzinfo=UTC)


class SampleForm(forms.Form):
    """One control of each kind."""

    institution = forms.CharField(
        label=gettext_lazy("Name of the institution"),
        help_text=gettext_lazy("In full, as in its founding act."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    since = forms.IntegerField(label=gettext_lazy("Active since"), required=False, min_value=1900)
    form = forms.ChoiceField(
        label=gettext_lazy("Form of cooperation"),
        choices=[("horizontal", gettext_lazy("Horizontal")), ("triangular", gettext_lazy("Triangular"))],
        widget=forms.RadioSelect,
    )
    institutions = forms.MultipleChoiceField(
        label=gettext_lazy("Partners"),
        choices=[(name, name) for name in INSTITUTIONS],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        help_text=gettext_lazy("Choose every one that took part."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", "–"), ("both", gettext_lazy("Both offers and receives"))]
    )
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 4}))
    report = forms.FileField(label=gettext_lazy("Report"), required=False)
    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    agreed = forms.BooleanField(label=gettext_lazy("The institution agrees to publication"))


class FilterForm(forms.Form):
    """A filter bar's form."""

    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", gettext_lazy("All")), *((str(n), row[0]) for n, row in enumerate(TABLE_3))],
        required=False,
    )
    institution = forms.ChoiceField(
        label=gettext_lazy("Institution"),
        choices=[("", gettext_lazy("All")), *((name, name) for name in INSTITUTIONS)],
        required=False,
    )


def context(query: Mapping[str, str]) -> dict[str, Any]:
    """What common/styleguide.html shows. `query["page"]` is the page of the sample list."""
    return {
        "fictional": True,
        "statuses": STATUSES,
        "colours": COLOURS,
        "scales": SCALES,
        "form": SampleForm(),
        "refused_form": _refused_form(),
        "filter_form": FilterForm(prefix="filter"),
        "page_obj": Paginator(range(230), 10).get_page(query.get("page", "7")),
        "saved_at": SAVED_AT,
        **_navigation(),
        **_tables(),
        **_answers(),
    }


def _refused_form() -> SampleForm:
    data = {"institution": "", "email": "mds@", "form": "horizontal", "answer": "…", "since": "1492"}
    return SampleForm({f"refused-{name}": value for name, value in data.items()}, prefix="refused")


def _navigation() -> dict[str, Any]:
    return {
        "crumbs": [{"label": _("Countries"), "url": "#"}, {"label": "Chile", "url": "#"}],
        "actions": [
            {"label": _("Download"), "url": "#", "icon": "download"},
            {"label": _("Answer"), "url": "#", "kind": "primary"},
        ],
        "tabs": [
            {"label": _("Partners"), "url": "#", "current": True, "count": 29},
            {"label": _("Agreements"), "url": "#", "count": 4},
            {"label": _("Sources"), "url": "#"},
        ],
        "steps": [
            {"label": _("The institution"), "url": "#", "state": "done"},
            {"label": _("Forms of cooperation"), "url": "#", "state": "current"},
            {"label": _("Partners"), "url": "#", "state": "error", "note": _("One answer is missing.")},
            {"label": _("Cost"), "url": "#"},
        ],
        "files": [
            {"label": _("Diagnosis"), "url": "#", "format": "PDF", "size": 412_000},
            {"label": _("Tables"), "url": "#", "format": "XLSX", "size": 58_000},
        ],
    }


def _tables() -> dict[str, Any]:
    columns = [{"label": _("Region")}, {"label": _("Countries"), "number": True}]
    return {
        "columns": columns + [{"label": name, "number": True} for name in INSTITUTIONS],
        "rows": [list(row) for row in TABLE_3],
        "facts": [
            {
                "term": _("Role"),
                "value": _("Both offers and receives"),
                "source_url": "#",
                "source": _("Section III"),
            },
            {"term": _("Active since"), "value": "1990"},
            {"term": _("Cost"), "value": None},
        ],
        "counts": {"new": 1, "changed": 1, "unchanged": 1, "refused": 1},
        "diff_rows": [
            {
                "number": 2,
                "state": "new",
                "what": "Honduras",
                "changes": [{"field": _("Since"), "after": "2007"}],
            },
            {
                "number": 3,
                "state": "changed",
                "what": "Perú",
                "changes": [{"field": _("Since"), "before": "2005", "after": "2006"}],
            },
            {"number": 4, "state": "unchanged", "what": "Uruguay"},
            {
                "number": 5,
                "state": "refused",
                "what": "Cameron",
                "reason": _("There is no country of this name. Write Cameroon, or its code CMR."),
            },
        ],
        "left_only": [{"label": "Angola", "url": "#"}, {"label": "Moçambique", "url": "#"}],
        "both": [{"label": name, "url": "#"} for name in ("Bolivia", "Guatemala", "Honduras", "Paraguay")],
        "right_only": [{"label": "Ecuador", "url": "#"}],
    }


def _answers() -> dict[str, Any]:
    return {
        "mine": {
            "who": "Ana Ferreira",
            "when": SAVED_AT,
            "value": _("Horizontal cooperation with six countries."),
        },
        "theirs": {
            "who": "Luis Rojas",
            "when": SAVED_AT,
            "value": _("Horizontal and triangular cooperation."),
        },
        "events": [
            {"when": SAVED_AT, "who": "Ana Ferreira", "what": _("Response submitted.")},
            {
                "when": SAVED_AT,
                "who": "Luis Rojas",
                "what": _("Response returned."),
                "note": _("Please give the year of the first agreement."),
                "changes": [{"field": _("State"), "before": _("Submitted"), "after": _("Returned")}],
            },
        ],
        "consequences": [_("Nobody can answer any more."), _("The diagnosis can be computed.")],
    }
