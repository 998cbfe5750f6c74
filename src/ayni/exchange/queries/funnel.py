"""F12: how far the demands of a year came, from the draft to an initiative under way."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.models import AuditEvent
from ayni.exchange.models import Demand

# A stage, the verbs of the record that say a demand reached it, its words. Later stages imply the earlier ones.
STAGES: tuple[tuple[str, tuple[str, ...], Promise], ...] = (
    ("submitted", ("demand submitted",), _("submitted")),
    ("endorsed", ("demand endorsed",), _("endorsed by the coordination")),
    ("eligible", ("demand found eligible",), _("found eligible")),
    ("matched", ("demand matched",), _("matched")),
    ("formalised", ("demand formalised",), _("formalised")),
)
STARTED = _("became an initiative under way")
UNDER_WAY = ("execution", "suspended", "closure", "ex-post", "archived")


@dataclass(frozen=True, slots=True)
class Stage:
    """How many demands reached a stage; a demand that went back counts at the furthest that it ever reached."""

    code: str
    label: Promise
    demands: int


def funnel(year: int, country: str | None = None) -> list[Stage]:
    """The demands submitted in a year (of one country, or of all), and how far each has come since."""
    own = submitted_in(year, country)
    verbs = {verb: place for place, (_code, names, _label) in enumerate(STAGES) for verb in names}
    furthest = dict.fromkeys(own.values_list("pk", flat=True), 0)
    told = _told().filter(verb__in=verbs, object_id__in=_numbers(own))
    for number, verb in told.values_list("object_id", "verb"):
        furthest[int(number)] = max(furthest[int(number)], verbs[verb])
    # What is under way was formalised, whatever the record of changes says of it.
    under_way = Q(missions__initiative__state__in=UNDER_WAY) | Q(matches__initiative__state__in=UNDER_WAY)
    started = set(own.filter(under_way).values_list("pk", flat=True))
    furthest |= dict.fromkeys(started, len(STAGES) - 1)
    counts = [sum(place <= reached for reached in furthest.values()) for place in range(len(STAGES))]
    stages = [Stage(code, label, count) for (code, _verbs, label), count in zip(STAGES, counts, strict=True)]
    return [*stages, Stage("started", STARTED, len(started))]


def submitted_in(year: int, country: str | None = None) -> QuerySet[Demand]:
    """The demands submitted in a year (of one country, or of all)."""
    begun = _told().filter(verb="demand submitted", at__year=year).values("object_id")
    rows = Demand.objects.annotate(text=Cast("pk", CharField())).filter(text__in=begun)
    return rows.filter(institution__country=country) if country else rows


def _numbers(demands: QuerySet[Demand]) -> QuerySet[Any, Any]:
    """Their numbers as the texts that the record of changes holds: the database compares, no list is passed to it."""
    return Demand.objects.filter(pk__in=demands.values("pk")).order_by().values_list(Cast("pk", CharField()))


def _told() -> QuerySet[AuditEvent]:
    """What the record of changes says of demands."""
    return AuditEvent.objects.filter(object_type=Demand._meta.label).order_by()
