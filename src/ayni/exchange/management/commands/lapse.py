"""`./ayni lapse`: let end what is overdue: offers and demands, suggestions without an answer, missions, agreements, records."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ayni.exchange.actions.lapses import lapse_overdue
from ayni.registry.actions.agreements import expire_overdue
from ayni.registry.actions.declarations.sides import expire_unanswered, remind_unanswered


class Command(BaseCommand):
    help = "Let overdue offers, demands, matches, agreements and notices end. Run it once a day; again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        ended = lapse_overdue(by=None, today=today)
        agreements = expire_overdue(by=None, today=today)
        unilateral = expire_unanswered(by=None, today=today)
        reminded = remind_unanswered(by=None, today=today)
        self.stdout.write(
            f"offers {ended.offers}, demands {ended.demands}, matches {ended.matches}, missions {ended.missions}, "
            f"agreements {agreements}, unilateral records {unilateral}, reminders {reminded}"
        )
