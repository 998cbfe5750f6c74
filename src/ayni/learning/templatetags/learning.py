"""`{% load learning %}`: the types of learning by name."""

from django import template

from ayni.learning.queries.lesson_steps import KINDS

register = template.Library()


@register.simple_tag
def kind_of_lesson(code: str) -> str:
    """What a type of learning is called ("" for none)."""
    return str(KINDS.get(code, ""))
