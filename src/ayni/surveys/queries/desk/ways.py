"""Where a person can go from the desk, by what the roles allow."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.accounts.models import User
from ayni.common.permissions import (
    ANSWER,
    EDIT_DIRECTORY,
    EDIT_EXPERTS,
    EDIT_INSTRUMENTS,
    EDIT_PROGRAMMES,
    EDIT_VOCABULARIES,
    MANAGE_PEOPLE,
    RUN_ROUNDS,
    SEE_RECORD,
    may,
)
from ayni.surveys.queries.desk.tasks import others, url

# Permission ("" for everyone), name of the address, what it is for.
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (ANSWER, "rounds", _("See the rounds and your institution's answers")),
    (RUN_ROUNDS, "rounds", _("See the rounds and how far they are")),
    (RUN_ROUNDS, "round_new", _("Plan a new round")),
    (EDIT_INSTRUMENTS, "instruments", _("Edit the questionnaires")),
    (EDIT_VOCABULARIES, "vocabularies", _("Edit the vocabularies")),
    (EDIT_DIRECTORY, "institution_add", _("Add an institution")),
    (EDIT_DIRECTORY, "institutions_load", _("Load institutions from a CSV file")),
    (MANAGE_PEOPLE, "person_add", _("Add a person")),
    (MANAGE_PEOPLE, "people", _("See people and roles")),
    (SEE_RECORD, "records", _("See the record of changes")),
    (EDIT_PROGRAMMES, "programme_add", _("Add a programme")),
    (EDIT_PROGRAMMES, "programmes_load", _("Load programmes from a file")),
    (EDIT_EXPERTS, "expert_add", _("Enter an expert")),
    ("", "experts", _("See the roster of experts")),
    ("", "programmes", _("Look for programmes and their components")),
    ("", "diagnosis", _("Read the diagnosis")),
    ("", "map", _("See who cooperates with whom")),
    ("", "profile", _("Edit your profile and language")),
)


def ways_of(user: User) -> list[dict[str, str]]:
    """`{label, url}` of each page that the person can use, as far as it stands."""
    ways = [way for desk in others() for way in desk.WAYS] + list(WAYS)
    open_ = ((url(name), label) for permission, name, label in ways if not permission or may(user, permission))
    return [{"label": str(label), "url": address} for address, label in open_ if address]
