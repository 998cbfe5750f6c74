"""Where a person can go from the desk, by what the roles allow."""

from django.utils.translation import gettext_lazy as _

from ayni.common.desk import Ways
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
)

WAYS: Ways = (
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
