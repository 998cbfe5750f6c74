"""An initiative as its pages show it: its parts as tabs, its facts, whose turn it is."""

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.desk import url
from ayni.common.lifecycle import Turn
from ayni.registry.models import Initiative, InitiativeState
from ayni.registry.queries.initiatives.approvals import still_to_approve

# The pages about an initiative, in the order of the tabs; those of apps above by the names of their addresses alone.
PAGES: tuple[tuple[str, Promise], ...] = (
    ("initiative", gettext_lazy("Overview")),
    ("declarations", gettext_lazy("Record of the sides")),
    ("plan", gettext_lazy("Work plan")),
    ("contributions", gettext_lazy("Contributions")),
    ("process", gettext_lazy("Process")),
    ("results", gettext_lazy("Results")),
    ("evaluations", gettext_lazy("Evaluation")),
    ("initiative_obstacles", gettext_lazy("Obstacles")),
    ("initiative_lessons", gettext_lazy("Lessons")),
    ("circuit", gettext_lazy("Feedback circuit")),
)

# The pages about all initiatives together.
NETWORK: tuple[tuple[str, Promise], ...] = (
    ("initiatives", gettext_lazy("Initiatives")),
    ("accounts", gettext_lazy("Report of the year")),
    ("initiative_statistics", gettext_lazy("Statistics")),
    ("calendar", gettext_lazy("Calendar")),
    ("costs", gettext_lazy("Costs")),
    ("network_process", gettext_lazy("Process")),
    ("pair_frames", gettext_lazy("Results by pair")),
    ("evaluation_list", gettext_lazy("Evaluations")),
    ("lessons", gettext_lazy("Lessons")),
    ("circuits", gettext_lazy("Feedback circuit")),
    ("obstacles", gettext_lazy("Obstacles")),
    ("products", gettext_lazy("Joint products")),
    ("agreements", gettext_lazy("Agreements")),
    ("reported", gettext_lazy("Reported elsewhere")),
)


def network_tabs(here: str) -> list[dict[str, Any]]:
    """The tabs of the pages about all initiatives; `here` is the name of the address that is shown."""
    found = ((name, label, url(name)) for name, label in NETWORK)
    return [{"label": label, "url": address, "current": name == here} for name, label, address in found if address]


# The stations of a life that goes its way, and the day on which some are reached.
STATIONS = (
    InitiativeState.IDENTIFICATION,
    InitiativeState.FORMULATION,
    InitiativeState.APPROVED,
    InitiativeState.EXECUTION,
    InitiativeState.CLOSURE,
    InitiativeState.EX_POST,
    InitiativeState.ARCHIVED,
)
REACHED_ON = {
    InitiativeState.APPROVED: "approved_on",
    InitiativeState.EXECUTION: "began_on",
    InitiativeState.EX_POST: "closed_on",
}


def tabs(initiative: Initiative, here: str) -> list[dict[str, Any]]:
    """The tabs of an initiative's pages; `here` is the name of the address that is shown."""
    found = ((name, label, url(name, initiative.code)) for name, label in PAGES)
    return [{"label": label, "url": address, "current": name == here} for name, label, address in found if address]


def with_all(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With what the page shows, in a few queries."""
    return rows.select_related("institution__country", "cooperation_type", "parent", "merged_into").prefetch_related(
        "institution__names",
        "participations__institution__names",
        "participations__institution__country",
        "participations__role",
        "participations__part",
        "topics",
        "modalities",
        "quadrants",
        "goals",
        "agreements__form",
        "components__component__programme",
        "decisions",
    )


def who(initiative: Initiative) -> str:
    """The parties of the whole in one line, who offers before who receives; of an institution of a country, the country."""
    sides: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for one in initiative.participations.all():
        if one.part_id is None:
            name = str(one.institution.country or one.institution)
            sides[one.role.code == "recipient"].setdefault(name)
    return " → ".join(", ".join(side) for side in sides if side)


def life(initiative: Initiative) -> list[dict[str, Any]]:
    """The stations of its life for the stepper, each with its day where it has one."""
    state = InitiativeState(initiative.state)
    stopped = state in (InitiativeState.SUSPENDED, InitiativeState.CANCELLED)
    here = _station(initiative)
    found = []
    for place, station in enumerate(STATIONS):
        told = "done" if place < here else "todo" if place > here else "error" if stopped else "current"
        note = str(capfirst(state.label)) if stopped and place == here else ""
        on = _day_of(initiative, station) if place <= here else None
        note = note or (date_format(on, "DATE_FORMAT") if on else "")
        found.append({"label": capfirst(station.label), "state": told, "note": note})
    return found


def _station(initiative: Initiative) -> int:
    """Where it stands among the stations; what was suspended or cancelled, where it had come to."""
    state = InitiativeState(initiative.state)
    if state in STATIONS:
        return STATIONS.index(state)
    reached = [place for place, station in enumerate(STATIONS) if _day_of(initiative, station)]
    return max((place for place in reached if place <= STATIONS.index(InitiativeState.EXECUTION)), default=0)


def _day_of(initiative: Initiative, station: InitiativeState) -> Any:
    return getattr(initiative, REACHED_ON[station]) if station in REACHED_ON else None


def turn_of(initiative: Initiative) -> Turn:
    """Who has to act for the initiative to go on, and what has to be done."""
    keeper = str(initiative.institution)
    state = InitiativeState(initiative.state)
    if state == InitiativeState.IDENTIFICATION:
        return Turn(keeper, _("name who takes part and begin the formulation"))
    if waiting := still_to_approve(initiative):
        countries = ", ".join(str(country) for country in waiting)
        joined = _("approve the initiative that the country has joined")
        what = _("approve the initiative") if state == InitiativeState.FORMULATION else joined
        return Turn(_("national coordinations of: %(countries)s") % {"countries": countries}, what)
    if state == InitiativeState.APPROVED:
        return Turn(keeper, _("begin the execution"))
    if state == InitiativeState.SUSPENDED:
        return Turn(_("national coordinations of the parties"), _("take it up again or cancel it"))
    if state == InitiativeState.EXECUTION:
        return Turn(keeper, _("carry out the work plan, and close the initiative at its end"))
    if state == InitiativeState.CLOSURE:
        return Turn(_("national coordinations of the parties"), _("receive the final report and pass it to ex-post"))
    if state == InitiativeState.EX_POST:
        return Turn(_("national coordinations of the parties"), _("see what remains, 12 and 24 months later"))
    if state == InitiativeState.ARCHIVED:
        return Turn("", _("The initiative is archived."))
    return Turn("", _("The initiative was cancelled."))
