"""Result frames: of an initiative or of a pair of countries, below a parent frame, with their results."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS, require
from ayni.common.queries.trees import below_itself, wait_to_place
from ayni.directory.models import Country, Institution
from ayni.registry.actions.initiatives.holding import writable
from ayni.registry.actions.results.holding import count_change, held, meet, write_down
from ayni.registry.models import Indicator, Initiative, Result, ResultFrame
from ayni.registry.queries.results.frames import may_take_as_parent


@dataclass(frozen=True)
class ResultFacts:
    """What is to change, as it was filled in."""

    level: str
    title: dict[str, str]
    description: dict[str, str]


@transaction.atomic
def open_frame(*, by: Any, initiative: Initiative) -> ResultFrame:
    """Begin the results of an initiative. Raises Refused when they are begun already, or once its record is over."""
    initiative = writable(by=by, initiative=initiative)
    if ResultFrame.objects.filter(initiative=initiative).exists():
        raise Refused(_("The result frame is there already."))
    frame = ResultFrame.objects.create(initiative=initiative, fictional=initiative.fictional)
    write_down(by=by, frame=frame, verb="result frame opened", before=None, after=snapshot(frame))
    return frame


@transaction.atomic
def open_pair_frame(
    *, by: Any, institution: Institution, partner: Country, title: dict[str, str], fictional: bool = False
) -> ResultFrame:
    """Begin the evaluation of what two countries do together: outcomes tied to national targets (R9).

    A coordination begins it for an institution of its country. Raises Refused for one country alone, or a pair that has a frame.
    """
    require(by, REVIEW_RESULTS, institution)
    own = institution.country
    if own is None:
        raise Refused(_("An institution of one of the two countries keeps the frame."))
    if own.pk == partner.pk:
        raise Refused(_("A pair has two countries: choose the other one."))
    first, second = sorted((own, partner), key=lambda country: country.pk)
    try:
        with transaction.atomic():
            frame = ResultFrame.objects.create(
                first=first, second=second, institution=institution, title=title, fictional=fictional
            )
    except IntegrityError as error:
        raise Refused(_("This pair of countries has its frame already.")) from error
    write_down(by=by, frame=frame, verb="result frame opened", before=None, after=snapshot(frame))
    return frame


@transaction.atomic
def set_parent_frame(*, by: Any, frame: ResultFrame, base: int, parent: ResultFrame | None) -> ResultFrame:
    """Put a frame below another, so that its indicators can roll up into that one's, or take it out.

    Raises Refused for a frame that is not within reach, a ring, or while indicators roll up into the former one; Conflict when somebody
    else has changed the frame since revision `base`.
    """
    if parent is not None:
        wait_to_place()
    frame = held(by=by, frame=frame)
    meet(base, frame.revision)
    if frame.initiative is None:
        raise Refused(_("The frame of a pair of countries stands alone."))
    linked = Indicator.objects.filter(result__frame=frame, rolls_into__isnull=False)
    if parent != frame.parent and linked.exists():
        raise Refused(_("Indicators roll up into the present parent: unlink them first."))
    if parent is not None:
        if not may_take_as_parent(by, frame).filter(pk=parent.pk).exists():
            raise Refused(_("Choose the frame of its programme, or of an initiative that you keep."))
        if below_itself(frame, parent):
            raise Refused(_("The frame would stand below itself."))
    before = snapshot(frame)
    frame.parent = parent
    frame.save(update_fields=["parent"])
    count_change(frame)
    write_down(by=by, frame=frame, verb="result frame placed", before=before, after=snapshot(frame))
    return frame


@transaction.atomic
def let_frame_go(*, by: Any, frame: ResultFrame) -> ResultFrame:
    """Take a frame out from below one that `by` keeps, with the links of its indicators; what was measured stays in it.

    Raises PermissionDenied, or Refused when it is below none any more.
    """
    frame = ResultFrame.objects.select_for_update(of=("self",)).select_related("initiative", "parent").get(pk=frame.pk)
    if frame.parent is None:
        raise Refused(_("The frame is below no other any more. Look at the page again."))
    require(by, KEEP_INITIATIVES, frame.parent)
    before = snapshot(frame)
    linked = Indicator.objects.filter(result__frame=frame, rolls_into__isnull=False)
    linked.update(rolls_into=None, revision=F("revision") + 1)
    frame.parent = None
    frame.save(update_fields=["parent"])
    count_change(frame)
    write_down(by=by, frame=frame, verb="result frame placed", before=before, after=snapshot(frame))
    return frame


@transaction.atomic
def add_result(*, by: Any, frame: ResultFrame, facts: ResultFacts) -> Result:
    """Another result, at the end of its frame. Raises Refused without a title."""
    frame = held(by=by, frame=frame)
    _check(facts)
    last = frame.results.order_by("-number").values_list("number", flat=True).first() or 0
    result = frame.results.create(number=last + 1, **vars(facts))
    count_change(frame)
    write_down(by=by, frame=frame, verb="result added", before=None, after=snapshot(result))
    return result


@transaction.atomic
def edit_result(*, by: Any, result: Result, base: int, facts: ResultFacts) -> Result:
    """Change a result. Raises Conflict when somebody else has changed the frame since revision `base`."""
    frame = held(by=by, frame=result.frame)
    meet(base, frame.revision)
    _check(facts)
    result = Result.objects.get(pk=result.pk)
    before = snapshot(result)
    for name, value in vars(facts).items():
        setattr(result, name, value)
    result.save()
    count_change(frame)
    write_down(by=by, frame=frame, verb="result changed", before=before, after=snapshot(result))
    return result


@transaction.atomic
def remove_result(*, by: Any, result: Result) -> None:
    """Take a result out. Raises Refused while it has indicators."""
    frame = held(by=by, frame=result.frame)
    if result.indicators.exists():
        raise Refused(_("The result has indicators: remove them first."))
    before = snapshot(result)
    result.delete()
    count_change(frame)
    write_down(by=by, frame=frame, verb="result removed", before=before, after=None)


def _check(facts: ResultFacts) -> None:
    if not facts.title:
        raise Refused(_("Say what is to change."))
