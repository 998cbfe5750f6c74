"""`./ayni link`: compare all records and say how many pairs wait for people."""

from typing import Any

from django.core.management.base import BaseCommand

from ayni.interop.actions.linkage import keep_pairs
from ayni.interop.queries.linkage_found import find_pairs


class Command(BaseCommand):
    help = "Compare all records of cooperation with what people have decided so far. Run it once a night."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"pairs kept {keep_pairs(by=None, found=find_pairs())}")
