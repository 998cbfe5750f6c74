"""`./ayni send_mail`: the letters that are still to be sent, for example because the mail server was away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from ayni.surveys.actions.letters import deliver
from ayni.surveys.models import Letter


class Command(BaseCommand):
    help = (
        "Sends the letters of rounds that are still to be sent; ends with 1 when some could not (docs/howto/deploy.md)"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = deliver(Letter.objects.all())
        told = ngettext("%(number)d letter was sent.", "%(number)d letters were sent.", sent) % {"number": sent}
        self.stderr.write(told)
        if failed:
            raise CommandError(
                ngettext("%(number)d letter could not be sent.", "%(number)d letters could not be sent.", failed)
                % {"number": failed}
            )
