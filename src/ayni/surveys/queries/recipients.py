"""Whom the secretariat writes to about an institution's answers: the address it was invited at, and its focal points."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ayni.directory.models import Membership
from ayni.surveys.models import Invitation, Letter, Round


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address for one institution's invitation; `language` is the one to write in, `name` may be empty."""

    invitation_id: int
    institution: str
    acronym: str
    email: str
    language: str
    name: str = ""


def recipients(invitations: Iterable[Invitation]) -> list[Recipient]:
    """Everybody to write to, each address once an institution. Two queries, however many invitations.

    The invitations come with `institution` and its names already read.
    """
    listed = list(invitations)
    people = _focal_points([invitation.institution_id for invitation in listed])
    found: list[Recipient] = []
    for invitation in listed:
        institution = invitation.institution
        addresses = {email.lower(): (email, language, name) for email, language, name in people.get(institution.pk, [])}
        if invitation.email:
            addresses.setdefault(invitation.email.lower(), (invitation.email, invitation.language, ""))
        found += [
            Recipient(invitation.pk, institution.code, institution.short_name, email, language, name)
            for email, language, name in addresses.values()
        ]
    return found


def undelivered(round_: Round) -> QuerySet[Letter]:
    """The letters of a round that an attempt has failed to send, the oldest first."""
    return Letter.objects.filter(invitation__round=round_, sent_at=None).exclude(error="")


def _focal_points(institutions: list[int]) -> dict[int, list[tuple[str, str, str]]]:
    rows = (
        Membership.objects.in_force()
        .filter(role="focal-point", user__is_active=True)
        .order_by("user_id")
        .values_list("institution_id", "user__email", "user__language", "user__name")
    )
    # Beyond this many parameters a database refuses the list; reading every focal point is then the shorter way.
    if len(institutions) <= 500:
        rows = rows.filter(institution__in=institutions)
    people: dict[int, list[tuple[str, str, str]]] = {}
    for number, *person in rows:
        people.setdefault(number, []).append((person[0], person[1], person[2]))
    return people
