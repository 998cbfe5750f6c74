"""Sign-in in two steps: who must use it, and who does not yet."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from ayni.accounts.models import User

# Whoever holds one of these roles can change what others see.
ROLES_THAT_NEED_IT = frozenset({"secretariat", "administrator"})


def should_use_it(user: User) -> bool:
    """Whether one of the person's roles asks for a second step."""
    return any(grant.role in ROLES_THAT_NEED_IT for grant in user.grants)


def without_it(people: QuerySet[User]) -> QuerySet[User]:
    """Those of `people` who have not activated an authenticator application."""
    active = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return people.exclude(Exists(active))
