"""What the tables may point at. A foreign key written as text escapes the import contracts."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CASCADE

FLOORS = ["site", "atlas", "interop", "exchange", "surveys", "learning", "registry", "directory", "accounts", "common"]
# Parts of a whole that stands in another app: a person's roles go with the person.
PARTS = {"directory.Membership.user"}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("ayni.")]


def floor(model) -> int:
    return FLOORS.index(model._meta.app_label)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_downwards(model):
    for field in model._meta.get_fields():
        related = field.related_model if field.concrete and field.is_relation else None
        if related is not None and related in MODELS:
            assert floor(related) >= floor(model), f"{field} points up, at {related._meta.label}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_in_use_is_deleted_along_with_another_thing(model):
    """What another app points at is protected: only parts of a whole, in the same app, go with it."""
    for field in model._meta.get_fields():
        if field.concrete and (field.many_to_one or field.one_to_one) and field.related_model in MODELS:
            together = floor(field.related_model) == floor(model) or str(field) in PARTS
            falls = field.remote_field.on_delete is CASCADE
            assert not falls or together, f"{field} would vanish with its {field.related_model._meta.label}"


@pytest.mark.django_db
def test_the_migrations_are_whole():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
