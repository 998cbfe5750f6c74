"""What others report comes to stand behind an initiative, or behind one another; and parts again.

Nobody's word is put down by this: what a side says of the record it says itself, if it likes with what it has reported.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES
from ayni.common.permissions import DECLARE, LINK_RECORDS
from ayni.directory.models import Concept, Country, Institution
from ayni.interop.models import AttachedReport, RecordPair, ReportedActivity, Verdict
from ayni.interop.queries.linkage_pairs import may_decide
from ayni.interop.queries.reporters import institutions_in, known
from ayni.interop.queries.reports import claims_of, parties_of
from ayni.interop.queries.standing import behind, in_force, root_of
from ayni.registry.actions.declarations.sides import confirm, dispute
from ayni.registry.actions.initiatives.frame import InitiativeFacts, enter_initiative
from ayni.registry.actions.initiatives.participations import Part, enter_participation
from ayni.registry.models import PUBLIC_RECORDS, Initiative, Size
from ayni.registry.queries.declarations.lifecycle import speaks_for


@transaction.atomic
def attach_reports(*, by: Any, pair: RecordPair) -> AttachedReport | None:
    """The two of the pair are the same: one stands behind the other from now on. None where they hang together already.

    The initiative keeps the record, else the earlier of the two reports leads. Raises Refused for reports of two initiatives.
    """
    held = ReportedActivity.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in pair.reports])
    list(held.order_by("pk"))
    roots = {type(root).__name__ + str(root.pk): root for root in _roots(pair)}
    if len(roots) < 2:
        return None
    reports = sorted((one for one in roots.values() if isinstance(one, ReportedActivity)), key=lambda one: one.pk)
    if not reports:
        raise Refused(
            _("They stand behind two initiatives: say of those two first that they are the same, and join them.")
        )
    above = next((one for one in roots.values() if isinstance(one, Initiative)), None)
    return _attach(by, pair, reports[-1], above or reports[0])


@transaction.atomic
def detach_reports(*, by: Any, pair: RecordPair) -> None:
    """The two of the pair are no longer said to be the same: what hung together through it is put together anew without it."""
    root = root_of(pair.reports[-1])
    together = [one.pk for one in behind(root)]
    together += [] if isinstance(root, Initiative) else [root.pk]
    # An initiative that was opened of reports rests on what made it, not on a pair with it.
    opened = Q(initiative__isnull=False, pair__one__isnull=True) & ~Q(pair=pair)
    rows = in_force().filter(activity__in=together).exclude(opened)
    for row in rows.select_for_update(of=("self",)).select_related("initiative", "activity"):
        before = snapshot(row)
        row.undone_at, row.undone_by = timezone.now(), by
        row.save()
        record(by=by, verb="report detached", on=row, before=before, after=snapshot(row), public=_shows(row.initiative))
    others = RecordPair.objects.filter(verdict=Verdict.SAME).exclude(pk=pair.pk)
    for other in others.filter(Q(report__in=together) | Q(other_report__in=together)).order_by("pk"):
        attach_reports(by=by, pair=other)


@transaction.atomic
def open_initiative_of_reports(*, by: Any, pair: RecordPair, keeper: Institution) -> Initiative:
    """One initiative of two reports of the same: `keeper` keeps it, everybody of the directory whom they name takes part.

    It is private until a side declares it. Raises PermissionDenied; Refused unless somebody has said that they are the same, when the
    record is there already, and unless institutions of two countries, the keeper among them, are named.
    """
    pair = RecordPair.objects.select_for_update(of=("self",)).select_related("report", "other_report").get(pk=pair.pk)
    if not may_decide(by, pair):
        raise PermissionDenied(LINK_RECORDS)
    root = root_of(pair.reports[0])
    if pair.verdict != Verdict.SAME or isinstance(root, Initiative):
        raise Refused(_("An initiative is opened of two reports that somebody said to be the same, once."))
    reports = [root, *behind(root)]
    there = parties_of(reports)
    if keeper not in there:
        raise Refused(
            _("The directory has to know institutions of at least two countries that the reports name: add them first.")
        )
    own = next((one for one in reports if keeper in institutions_in([one], known())), root)
    opened = enter_initiative(by=by, institution=keeper, facts=_facts(own, reports, there), role=_role())
    for institution in there:
        if institution != keeper:
            enter_participation(by=by, initiative=opened, part=Part(institution=institution, role=_role()))
    _attach(by, pair, root, opened)
    return opened


@transaction.atomic
def answer_with_report(*, by: Any, initiative: Initiative, report: ReportedActivity, country: Country) -> Initiative:
    """The side says of the record what its own institution has reported: it confirms it, or disputes the days that differ.

    Raises PermissionDenied for whoever does not speak for the side; Refused for a report of somebody else, and for what `confirm` and
    `dispute` refuse.
    """
    if not speaks_for(by, initiative, country.pk):
        raise PermissionDenied(DECLARE)
    own = known().country_of(report.publisher, report.publisher_name)
    if report not in behind(initiative) or own != country:
        raise Refused(_("This is not what your side has reported of this record."))
    claims = claims_of(initiative, report)
    if claims:
        return dispute(by=by, initiative=initiative, country=country, claims=claims)
    return confirm(by=by, initiative=initiative, country=country)


def _roots(pair: RecordPair) -> Iterable[Initiative | ReportedActivity]:
    if pair.one is not None:
        yield pair.one.merged_into or pair.one
    yield from (root_of(one) for one in pair.reports)


def _attach(by: Any, pair: RecordPair, activity: ReportedActivity, to: Initiative | ReportedActivity) -> AttachedReport:
    initiative = to if isinstance(to, Initiative) else None
    made = AttachedReport.objects.create(
        activity=activity,
        initiative=initiative,
        lead=None if isinstance(to, Initiative) else to,
        pair=pair,
        attached_at=timezone.now(),
        attached_by=by,
    )
    record(by=by, verb="report attached", on=made, after=snapshot(made), public=_shows(initiative))
    return made


def _shows(initiative: Initiative | None) -> bool:
    """Whether anybody can read on a page what it stands behind."""
    return initiative is None or initiative.validation in PUBLIC_RECORDS


def _facts(own: ReportedActivity, reports: list[ReportedActivity], there: list[Institution]) -> InitiativeFacts:
    """What the keeper's own report says; in languages that it does not speak, what the others say."""
    title: dict[str, str] = {}
    objective: dict[str, str] = {}
    for one in (own, *reports):
        for into, texts in ((title, one.titles), (objective, one.descriptions)):
            into.update({code: texts[code] for code in LANGUAGES if texts.get(code) and code not in into})
    two = len({one.country_id for one in there if one.country_id}) == 2
    first, last = own.starts_on, own.ends_on
    return InitiativeFacts(
        title=title or {"en": own.identifier},
        objective=objective,
        summary={},
        cooperation_type=Concept.objects.current("cooperation-types").get(code="horizontal" if two else "triangular"),
        size=Size.PROJECT,
        formality="",
        continuity="",
        parent=None,
        requested_on=None,
        answered_on=None,
        starts_on=first,
        ends_on=None if first and last and last < first else last,
        source="",
    )


def _role() -> Concept:
    """Who reports does not say who offers and who receives, in our words."""
    return Concept.objects.current("cooperation-roles").get(code="unknown")
