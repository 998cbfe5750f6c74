"""Screening a demand together with its author, and the draft of a project that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import SCREEN, WRITE_EXCHANGE, may, require
from ayni.exchange.actions.steps import carry_out, locked
from ayni.exchange.models import DemandState, Item, ProjectDraft, Result, Screening, ScreeningItem
from ayni.exchange.queries.lifecycle import step_of
from ayni.exchange.queries.screenings import allowed_results, outcome_of

AUTHOR, SECRETARIAT = "author", "secretariat"


@dataclass(frozen=True)
class Scored:
    """What one side says of an item: a score from 0 to 3 (None: not yet) and its evidence or remark."""

    score: int | None
    text: str


@transaction.atomic
def score_items(*, by: Any, screening: Screening, side: str, scored: Mapping[str, Scored]) -> Screening:
    """Keep what one side has scored; items that are not named stay.

    Raises Refused when the screening is decided, for a score outside 0 to 3, or when the secretariat differs from the author
    without a remark.
    """
    screening = _open(screening)
    require(by, SCREEN if side == SECRETARIAT else WRITE_EXCHANGE, None if side == SECRETARIAT else screening.demand)
    standing = {item.item: item for item in screening.items.select_for_update()}
    before = _told(standing)
    for code, given in scored.items():
        item = standing.setdefault(code, ScreeningItem(screening=screening, item=code))
        _score(item, side, given)
        item.save()
    record(by=by, verb="screening scored", on=screening, before=before, after=_told(standing), public=False)
    return screening


@transaction.atomic
def decide_screening(*, by: Any, screening: Screening, result: str, reason: str, referred_to: str = "") -> Screening:
    """Decide what the scores allow, with the reasons that the author reads. An eligible demand gets the draft of a project.

    Raises Refused while an item lacks a score of either side, for a result that the scores do not allow, without reasons, or
    when a referred demand is not told where to.
    """
    require(by, SCREEN)
    screening = _open(screening)
    reason, referred_to = reason.strip(), referred_to.strip()
    _refuse(screening, result, reason, referred_to)
    before = snapshot(screening)
    screening.result, screening.reason = result, reason
    screening.decided_at, screening.decided_by = timezone.now(), by
    screening.save()
    record(by=by, verb="screening decided", on=screening, before=before, after=snapshot(screening), public=False)
    demand = locked(screening.demand)
    demand.referred_to = referred_to if result == Result.REFERRED else ""
    demand.decided_at, demand.decided_by = screening.decided_at, by
    carry_out(by=by, thing=demand, step=step_of(demand, result), reason=reason)
    if result == Result.ELIGIBLE:
        _begin_project(by, screening)
    return screening


@transaction.atomic
def edit_project(*, by: Any, project: ProjectDraft, base: int, texts: Mapping[str, dict[str, str]]) -> ProjectDraft:
    """Change the draft of a project. Both the author and the secretariat may. Raises Conflict when it changed since `base`."""
    project = ProjectDraft.objects.select_for_update().select_related("demand__institution").get(pk=project.pk)
    if not may(by, SCREEN):
        require(by, WRITE_EXCHANGE, project)
    before = snapshot(project)
    if all(getattr(project, name) == text for name, text in texts.items()):
        return project
    if project.revision != base:
        raise Conflict(
            _("Somebody else has changed this draft meanwhile. Compare it with what stands, then save again.")
        )
    for name, text in texts.items():
        setattr(project, name, text)
    project.revision += 1
    project.save()
    record(by=by, verb="project draft changed", on=project, before=before, after=snapshot(project), public=False)
    return project


def _open(screening: Screening) -> Screening:
    rows = Screening.objects.select_for_update(of=("self",)).select_related("demand__institution__country")
    found = rows.get(pk=screening.pk)
    if found.result:
        raise Refused(_("This screening is decided. When the demand comes back it is screened anew."))
    if found.demand.state != DemandState.ENDORSED:
        raise Refused(_("The demand is not being screened: %(state)s.") % {"state": found.demand.get_state_display()})
    return found


def _score(item: ScreeningItem, side: str, given: Scored) -> None:
    if given.score is not None and given.score not in range(4):
        raise Refused(_("A score is 0, 1, 2 or 3."))
    if side == AUTHOR:
        item.author_score, item.evidence = given.score, given.text.strip()
    else:
        item.score, item.remark = given.score, given.text.strip()
    differ = None not in (item.score, item.author_score) and item.score != item.author_score
    if differ and not item.remark:
        if side == AUTHOR:
            # The secretariat looks at it again, rather than that the author could not change it.
            item.score = None
        else:
            raise Refused(
                _("“%(item)s”: say why you see it otherwise than the author.") % {"item": Item(item.item).label}
            )


def _refuse(screening: Screening, result: str, reason: str, referred_to: str) -> None:
    items = {item.item: item for item in screening.items.all()}
    open_ = [item.label for item in Item if item not in items or None in (items[item].score, items[item].author_score)]
    if open_:
        raise Refused(
            _("Both sides score every item first. Still open: %(items)s.") % {"items": ", ".join(map(str, open_))}
        )
    if result not in allowed_results(outcome_of(screening)):
        raise Refused(_("The scores do not allow this result: look at what they give."))
    if not reason:
        raise Refused(_("Give the reasons: the author reads them."))
    if result == Result.REFERRED and not referred_to:
        raise Refused(_("Say to whom the demand is referred."))


def _told(items: Mapping[str, ScreeningItem]) -> dict[str, Any]:
    return {
        str(Item(code).value): [item.author_score, item.score, item.evidence, item.remark]
        for code, item in sorted(items.items())
    }


def _begin_project(by: Any, screening: Screening) -> None:
    demand = screening.demand
    said = {item.item: item.evidence or item.remark for item in screening.items.all()}
    language = next(iter(demand.objective or demand.title), "es")

    def text(code: str) -> dict[str, str]:
        return {language: said[code]} if said.get(code) else {}

    expectations = {
        code: "\n\n".join(part for part in (demand.expects.get(code, ""), demand.gives.get(code, "")) if part)
        for code in {*demand.expects, *demand.gives}
    }
    project, made = ProjectDraft.objects.get_or_create(
        demand=demand,
        defaults={
            "screening": screening,
            "purpose": demand.objective,
            "results": demand.results,
            "indicators": text("results"),
            "expectations": expectations,
            "counterpart": demand.counterpart,
            "sustainability": text("sustainability"),
            "risks": text("policy"),
        },
    )
    if made:
        record(by=by, verb="project draft begun", on=project, after=snapshot(project), public=False)
