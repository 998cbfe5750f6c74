"""`./ayni send_mail`: the letters that are still to be sent, for example because the mail server was away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from ayni.common.letters import deliver
from ayni.registry.models import RecordLetter
from ayni.surveys.models import Letter


class Command(BaseCommand):
    help = "Sends the letters that are still to be sent, of rounds and of records; ends with 1 when some could not (docs/howto/deploy.md)"

    def handle(self, *args: Any, **options: Any) -> None:
        done = [deliver(letters) for letters in (Letter.objects.all(), RecordLetter.objects.all())]
        sent, failed = (sum(numbers) for numbers in zip(*done, strict=True))
        told = ngettext("%(number)d letter was sent.", "%(number)d letters were sent.", sent) % {"number": sent}
        self.stderr.write(told)
        if failed:
            raise CommandError(
                ngettext("%(number)d letter could not be sent.", "%(number)d letters could not be sent.", failed)
                % {"number": failed}
            )
