"""Several of many: boxes to tick in a panel that opens, with what is chosen in its head. Works without JavaScript. And one of many."""

from collections.abc import Collection
from functools import lru_cache
from html import escape
from typing import Any

from django.forms import CheckboxSelectMultiple, Select
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# So many names stand in the head; more are counted.
NAMED = 2
# Boxes and options that a process keeps: of a page they are nearly all the same as of the one before.
KEPT = 8192
# From so many choices on, a list can be searched (ui.js shows the field).
LONG = 12


class Picker(CheckboxSelectMultiple):
    """For a MultipleChoiceField without groups. Drawn in one go: some hundred choices cost a millisecond."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in value or ()}
        choices = [(str(code), str(label)) for code, label in self.choices]
        named = [label for code, label in choices if code in chosen]
        boxes = [_box(name, code, label, code in chosen) for code, label in _chosen_first(choices, chosen)]
        search = (
            format_html('<input type="search" data-narrow hidden aria-label="{}">', _("Find in this list"))
            if len(choices) > LONG
            else ""
        )
        return format_html(
            '<details class="picker" data-dropdown><summary>{}</summary><div class="picker__panel">{}{}</div></details>',
            _head(named),
            search,
            mark_safe("".join(boxes)),
        )


class OneOf(Select):
    """For a ChoiceField without groups: a list to choose one of, drawn in one go."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = "".join(_option(str(code), str(label), str(code) == chosen) for code, label in self.choices)
        told = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", told, mark_safe(options))


def _head(named: list[str]) -> str:
    if not named:
        return _("All")
    if len(named) <= NAMED:
        return ", ".join(named)
    return ngettext("%(number)d chosen", "%(number)d chosen", len(named)) % {"number": len(named)}


def _chosen_first(choices: list[tuple[str, str]], chosen: Collection[str]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: choice[0] not in chosen)


@lru_cache(maxsize=KEPT)
def _box(name: str, code: str, label: str, ticked: bool) -> str:
    mark = " checked" if ticked else ""
    shown, value = escape(label), escape(code)
    return f'<label><input type="checkbox" name="{name}" value="{value}"{mark}><span>{shown}</span></label>'


@lru_cache(maxsize=KEPT)
def _option(code: str, label: str, chosen: bool) -> str:
    mark = " selected" if chosen else ""
    return f'<option value="{escape(code)}"{mark}>{escape(label)}</option>'
