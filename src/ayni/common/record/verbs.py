"""What each verb of the record says to a reader. A test finds every verb that an action uses in here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "country loaded": _("Country loaded from the reference data"),
    "edition created": _("Draft of the edition started"),
    "edition frozen": _("Edition frozen"),
    "edition published": _("Edition published"),
    "institution loaded": _("Institution loaded from the reference data"),
    "instrument version added": _("Version of the instrument added"),
    "instrument version published": _("Version of the instrument published"),
    "person added": _("Account made"),
    "regions loaded": _("Regions loaded from the reference data"),
    "restored": _("Everything restored from a backup"),
    "role ended": _("Role ended"),
    "role granted": _("Role given"),
    "round of 2010 entered": _("Round of 2010 entered from the document"),
    "vocabulary loaded": _("Vocabulary loaded from the reference data"),
}


def sentence(verb: str) -> str:
    """What happened, in the language of the page; a verb that nobody has described stands as it is."""
    return str(VERBS.get(verb, verb))
