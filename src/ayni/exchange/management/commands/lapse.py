"""`./ayni lapse`: let offers and demands end that nobody has confirmed for a year, and suggestions that nobody answers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ayni.exchange.actions.lapses import lapse_overdue


class Command(BaseCommand):
    help = "Let overdue offers, demands and matches end. Run it once a day; again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        ended = lapse_overdue(by=None, today=timezone.localdate())
        self.stdout.write(
            f"offers {ended.offers}, demands {ended.demands}, matches {ended.matches}, missions {ended.missions}"
        )
