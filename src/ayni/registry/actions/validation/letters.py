"""The e-mails about a record to the coordinators of its sides, each in its reader's language and once."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ayni.accounts.models import User
from ayni.common.i18n import text_in
from ayni.common.letters import deliver
from ayni.directory.models import Membership
from ayni.registry.models import About, Declaration, RecordLetter

SUBJECTS: dict[str, Promise] = {
    About.ASKED: _("A record awaits your country's word: %(title)s"),
    About.DISPUTED: _("A record is disputed: %(title)s"),
    About.MEDIATED: _("The secretariat has settled a dispute: %(title)s"),
    About.REMINDED: _("Reminder, a record awaits your country's word: %(title)s"),
}


def tell(declarations: Iterable[Declaration], about: About, occasion: str = "", **said: Any) -> int:
    """Write to the coordinators of these sides; the letters are sent when what they tell of is committed.

    Without an `occasion` it is the side's last day to answer. Returns how many are new: what a reader was told is not told again.
    """
    kept = []
    # What was invented for the demonstration is nobody's task.
    for one in (side for side in declarations if not side.initiative.fictional):
        when = occasion or str(one.due_on)
        told = set(one.letters.filter(about=about, occasion=when).values_list("email", flat=True))
        kept += [_write(one, about, when, to, said) for to in _coordinators(one) if to.email not in told]
    numbers = [letter.pk for letter in RecordLetter.objects.bulk_create(kept)]
    if numbers:
        transaction.on_commit(lambda: deliver(RecordLetter.objects.filter(pk__in=numbers)))
    return len(numbers)


def _coordinators(side: Declaration) -> list[User]:
    """Who speaks for the side and has a letter-box: an account of the demonstration has none."""
    held = Membership.objects.in_force().filter(role="national-coordinator", country=side.country_id)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True, is_demo=False).order_by("pk"))


def _write(side: Declaration, about: About, occasion: str, to: User, said: dict[str, Any]) -> RecordLetter:
    with override(to.language):
        title = text_in(side.initiative.title)
        link = settings.SITE_URL + reverse("declarations", args=[side.initiative.code])
        context = {"to": to, "about": about, "side": side, "title": title, "link": link, **said}
        # A line break in a subject would start another header.
        subject = " ".join((str(SUBJECTS[about]) % {"title": title}).split())
        body = render_to_string("registry/declarations/letter.txt", context)
    written = {"email": to.email, "subject": subject[:400], "body": body}
    return RecordLetter(declaration=side, about=about, occasion=occasion, **written)
