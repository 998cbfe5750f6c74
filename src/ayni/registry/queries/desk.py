"""What waits on a person's desk in the registry (settings.DESK)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import KEEP_AGREEMENTS, REVIEW_AGREEMENTS, may
from ayni.registry.models import Agreement, AgreementState, Amendment
from ayni.registry.queries.agreements import ending, to_sign, turn_of
from ayni.registry.queries.amendments import amendment_turn, waiting_amendments
from ayni.registry.queries.reach import own

KINDS: dict[str, Promise] = {"agreement": gettext_lazy("Agreements")}
WAYS: tuple[tuple[str, str, Promise], ...] = ((KEEP_AGREEMENTS, "agreement_new", gettext_lazy("Record an agreement")),)


def sources(user: User) -> Iterable[Source]:
    """Drafts to finish, amendments on their way; signatures to record, and agreements that end within half a year."""
    if may(user, KEEP_AGREEMENTS):
        drafts = Agreement.objects.filter(own(user, "institution", KEEP_AGREEMENTS), state=AgreementState.DRAFT)
        yield Source(_with_names(drafts), _task)
        yield Source(waiting_amendments(user), _amendment)
    if may(user, REVIEW_AGREEMENTS):
        mine = own(user, "institution", REVIEW_AGREEMENTS)
        waiting = to_sign(user) | mine & Q(state=AgreementState.SIGNED)
        yield Source(_with_names(Agreement.objects.filter(waiting).distinct()), _task)
        yield Source(_with_names(Agreement.objects.filter(mine, ending(timezone.localdate()))), _task)


def _with_names(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return rows.select_related("institution__country").prefetch_related(
        "institution__names", "parties__institution__names"
    )


def _task(agreement: Agreement) -> Task:
    turn = turn_of(agreement, timezone.localdate())
    what = _("%(institution)s: %(title)s") % {"institution": agreement.institution, "title": agreement}
    why = _("To do: %(what)s.") % {"what": turn.what}
    return Task("agreement", what, why, url("agreement", agreement.pk), None, agreement.valid_to)


def _amendment(amendment: Amendment) -> Task:
    agreement = amendment.agreement
    what = _("%(institution)s: %(title)s") % {"institution": agreement.institution, "title": agreement}
    why = _("To do: %(what)s.") % {"what": amendment_turn(amendment).what}
    return Task("agreement", what, why, url("amendment", agreement.pk, amendment.number), None, amendment.agreed_on)
