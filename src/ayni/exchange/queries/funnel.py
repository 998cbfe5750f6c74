"""F12: how far the demands of a year came, from the draft to an initiative under way."""

from dataclasses import dataclass

from django.db.models import Q
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
    rows = AuditEvent.objects.filter(object_type=Demand._meta.label)
    begun = rows.filter(verb="demand submitted", at__year=year).values_list("object_id", flat=True)
    demands = {int(number) for number in begun.distinct()}
    own = Demand.objects.filter(pk__in=demands)
    if country:
        own = own.filter(institution__country=country)
    demands = set(own.values_list("pk", flat=True))
    verbs = {verb: place for place, (_code, names, _label) in enumerate(STAGES) for verb in names}
    furthest = dict.fromkeys(demands, 0)
    numbers = [str(number) for number in demands]
    for number, verb in rows.filter(object_id__in=numbers, verb__in=verbs).values_list("object_id", "verb"):
        furthest[int(number)] = max(furthest[int(number)], verbs[verb])
    started = own.filter(
        Q(missions__initiative__state__in=UNDER_WAY) | Q(matches__initiative__state__in=UNDER_WAY)
    ).distinct()
    counts = [sum(place <= reached for reached in furthest.values()) for place in range(len(STAGES))]
    told = [Stage(code, label, count) for (code, _verbs, label), count in zip(STAGES, counts, strict=True)]
    return [*told, Stage("started", STARTED, started.count())]
