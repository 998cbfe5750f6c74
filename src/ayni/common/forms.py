"""How every form of the site is drawn: `FORM_RENDERER = "ayni.common.forms.Renderer"`."""

from django.forms import BoundField, CheckboxInput, ClearableFileInput
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _


class DrawnField(BoundField):
    """A field that knows how it is shown (templates/django/forms/field.html)."""

    @property
    def use_fieldset(self) -> bool:
        """A group of controls is a fieldset. A file is one control, so that its label is tied to it."""
        return super().use_fieldset and not isinstance(self.field.widget, ClearableFileInput)

    @property
    def is_check(self) -> bool:
        """A lone box to tick: its label follows it."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def mark(self) -> str:
        """The few say what they are: "(optional)" among required fields, "(required)" among optional ones."""
        if self.field.required == self._mostly_required:
            return ""
        return _("(required)") if self.field.required else _("(optional)")

    @property
    def _mostly_required(self) -> bool:
        shown = [field.required for field in self.form.fields.values() if not field.widget.is_hidden]
        return 2 * sum(shown) >= len(shown)


class Renderer(TemplatesSetting):
    """Forms from the site's own templates: label, help, errors and control, tied together for screen readers."""

    bound_field_class = DrawnField
