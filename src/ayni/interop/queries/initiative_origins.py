"""What others report of an initiative, as its page shows it (settings.INITIATIVE_ORIGINS)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.interop.queries.standing import in_force
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.origins import Origin


def origins(user: Any, initiative: Initiative) -> Iterable[Origin]:
    """Who reports it too, each publisher once, with the page that puts the reports beside the record. One query."""
    leads = {"lead__attachments__undone_at__isnull": True}
    rows = in_force().filter(
        Q(initiative=initiative)
        | Q(initiative__merged_into=initiative)
        | Q(lead__attachments__initiative=initiative, **leads)
    )
    told = rows.order_by("activity").values_list("activity__publisher_name", "activity__publisher")
    names = dict.fromkeys(name or ref for name, ref in told)
    for name in names:
        yield Origin(_("Reported by %(who)s") % {"who": name}, reverse("initiative_reports", args=[initiative.code]))
