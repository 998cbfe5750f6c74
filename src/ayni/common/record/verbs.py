"""What each verb of the record says to a reader. A test finds every verb that an action uses in here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "answer kept aside": _("Answer kept aside: it met a newer one"),
    "answer saved": _("Answer saved"),
    "coding undone": _("Coding undone"),
    "country loaded": _("Country loaded from the reference data"),
    "deadline extended": _("Deadline put off"),
    "edition created": _("Draft of the edition begun"),
    "edition discarded": _("Draft of the edition discarded"),
    "edition frozen": _("Edition frozen"),
    "edition published": _("Edition published"),
    "facts derived": _("Facts taken from the answers"),
    "file attached": _("File attached"),
    "file removed": _("File removed"),
    "institution loaded": _("Institution loaded from the reference data"),
    "institutions invited": _("Institutions invited"),
    "instrument version added": _("Version of the questionnaire added"),
    "instrument version published": _("Version of the questionnaire published"),
    "invitation changed": _("Invitation changed"),
    "invitation withdrawn": _("Invitation withdrawn"),
    "passage coded": _("Passage given a category"),
    "person added": _("Account made"),
    "regions loaded": _("Regions loaded from the reference data"),
    "reminders sent": _("Reminders sent"),
    "response accepted": _("Response accepted"),
    "response begun": _("Response begun"),
    "response contested": _("Response contested"),
    "response proposed": _("Sent to the respondent for validation"),
    "response returned": _("Response returned"),
    "response submitted": _("Response submitted"),
    "response validated": _("Response validated"),
    "restored": _("Everything restored from a backup"),
    "role ended": _("Role ended"),
    "role granted": _("Role given"),
    "round closed": _("Round closed"),
    "round created": _("Round created"),
    "round edited": _("Round edited"),
    "round of 2010 entered": _("Round of 2010 entered from the document"),
    "round opened": _("Round opened"),
    "round opened again": _("Round opened again"),
    "versions of an answer settled": _("One of two versions of an answer chosen"),
    "vocabulary loaded": _("Vocabulary loaded from the reference data"),
}


def sentence(verb: str) -> str:
    """What happened, in the language of the page; a verb that nobody has described stands as it is."""
    return str(VERBS.get(verb, verb))
