"""Languages that people work in: ISO 639-1 codes in one column, in the order of the alphabet, with a space between."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The official languages of the network's countries.
SPOKEN: dict[str, Promise] = {
    "es": _("Spanish"),
    "pt": _("Portuguese"),
    "en": _("English"),
    "fr": _("French"),
    "nl": _("Dutch"),
    "ht": _("Haitian Creole"),
    "qu": _("Quechua"),
    "ay": _("Aymara"),
    "gn": _("Guarani"),
}
SEVERAL = r"^([a-z]{2}( [a-z]{2})*)?$"


class SpokenField(models.CharField):
    """A column of language codes: "en es". Empty: not known."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a CharField takes
        self.validators = [*self.validators, validate_spoken]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """To a migration it is a column of text: what it holds is the constraint's matter."""
        name, _path, given, options = super().deconstruct()
        return name, "django.db.models.CharField", list(given), options


def validate_spoken(value: str) -> None:
    """Raises ValidationError for a code that is not among SPOKEN."""
    unknown = sorted(set(value.split()) - set(SPOKEN))
    if unknown:
        raise ValidationError(_("Unknown language: %(codes)s."), params={"codes": ", ".join(unknown)})


def joined(codes: Iterable[str]) -> str:
    """The column's value for these codes."""
    return " ".join(sorted(set(codes)))


def spoken_constraint(table: str, field: str = "languages") -> models.CheckConstraint:
    """The column holds codes and nothing else."""
    return models.CheckConstraint(condition=Q(**{f"{field}__regex": SEVERAL}), name=f"{table}_{field}_are_codes")
