"""Prints the demonstration accounts, where there are any."""

from typing import Any

from django.core.management.base import BaseCommand

from ayni.accounts.models import User


class Command(BaseCommand):
    help = "Print the demonstration accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        for user in User.objects.filter(is_demo=True).order_by("email"):
            self.stdout.write(user.email)
