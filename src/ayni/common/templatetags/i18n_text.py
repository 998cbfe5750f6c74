from django import template

from ayni.common.i18n import text_in

register = template.Library()


@register.filter
def tr(value: object) -> str:
    """The text of a `{language: text}` value in the language of the page."""
    return text_in(value)
