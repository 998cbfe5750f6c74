"""`./ayni demo_accounts`: the demonstration accounts, one for each role; silent where there are none."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from ayni.accounts.models import User
from ayni.common.permissions import ROLES
from ayni.surveys.actions.demonstration import PASSWORD

LANGUAGES = ("es", "en")


class Command(BaseCommand):
    help = "Prints the demonstration accounts: role, e-mail, password."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            return
        found = User.objects.filter(is_demo=True, is_active=True).prefetch_related("memberships")
        accounts = [user for user in found if user.has_usable_password()]
        if not accounts:
            return
        rows = [(_roles(user), user.email, PASSWORD) for user in accounts]
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        self.stdout.write("Demonstration accounts / Cuentas de demostración:")
        for role, email, password in sorted(rows):
            self.stdout.write(f"  {role:<{widths[0]}}  {email:<{widths[1]}}  {password}")


def _roles(user: User) -> str:
    """The names of the person's roles, in Spanish and in English."""
    codes = [membership.role for membership in user.memberships.all()]
    return ", ".join(" / ".join(_name(code)) for code in codes)


def _name(code: str) -> list[str]:
    names = []
    for language in LANGUAGES:
        with override(language):
            names.append(str(ROLES[code].name))
    return list(dict.fromkeys(names))
