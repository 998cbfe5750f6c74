"""The registry's lists that go out as files and come back: what each shows, how it stands, how a row goes in."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.common.permissions import KEEP_AGREEMENTS, KEEP_INITIATIVES
from ayni.common.sheets.sheet import Source, Standing
from ayni.common.views.sheets import ListPages
from ayni.directory.models import Country
from ayni.registry.actions.sheets.activities import save_activity_row
from ayni.registry.actions.sheets.agreements import save_agreement_row
from ayni.registry.actions.sheets.contributions import save_contribution_row
from ayni.registry.actions.sheets.indicators import save_indicator_row
from ayni.registry.actions.sheets.initiatives import save_initiative_row
from ayni.registry.actions.sheets.measurements import save_measurement_row
from ayni.registry.actions.sheets.participations import save_participation_row
from ayni.registry.forms.agreements import AgreementFilter
from ayni.registry.forms.initiatives import InitiativeFilter
from ayni.registry.models import Agreement, Initiative
from ayni.registry.queries import agreements as agreement_queries
from ayni.registry.queries.initiatives import lists
from ayni.registry.queries.sheets import (
    activities,
    agreements,
    contributions,
    indicators,
    initiatives,
    measurements,
    participations,
)


def initiatives_asked(request: HttpRequest) -> QuerySet[Initiative]:
    """What the list shows to this reader with these filters."""
    form = InitiativeFilter(
        request.GET,
        countries=lists.countries_there(),
        institutions=lists.institutions_there(),
        all_records=request.user.is_authenticated,
    )
    rows = lists.filtered(lists.initiatives_for(request.user), **form.asked())
    # The pages of one initiative ask by its code.
    code = request.GET.get("code", "")
    return (rows.filter(code=code) if code else rows).order_by("-id")


def agreements_asked(request: HttpRequest) -> QuerySet[Agreement]:
    """What the list shows to this reader with these filters."""
    rows = agreement_queries.agreements_for(request.user)
    places = Country.objects.filter(pk__in=rows.order_by().values("parties__institution__country"))
    asked = AgreementFilter(request.GET, countries=list(places)).asked()
    return agreement_queries.filtered(rows, today=timezone.localdate(), **asked).order_by("-id")


def _initiatives(request: HttpRequest) -> Iterable[Standing]:
    return initiatives.initiative_rows(request.user, initiatives_asked(request))


def _participations(request: HttpRequest) -> Iterable[Standing]:
    return participations.participation_rows(request.user, initiatives_asked(request))


def _activities(request: HttpRequest) -> Iterable[Standing]:
    return activities.activity_rows(initiatives_asked(request))


def _contributions(request: HttpRequest) -> Iterable[Standing]:
    return contributions.contribution_rows(initiatives_asked(request))


def _indicators(request: HttpRequest) -> Iterable[Standing]:
    return indicators.indicator_rows(initiatives_asked(request))


def _measurements(request: HttpRequest) -> Iterable[Standing]:
    return measurements.measurement_rows(request.user, initiatives_asked(request))


def _agreements(request: HttpRequest) -> Iterable[Standing]:
    return agreements.agreement_rows(agreements_asked(request))


INITIATIVES = ListPages(
    "initiatives",
    _("Initiatives"),
    KEEP_INITIATIVES,
    Source(
        initiatives.initiative_sheet,
        initiatives.initiatives_standing,
        initiatives.initiative_twin,
        save_initiative_row,
        places=True,
    ),
    _initiatives,
)
PARTICIPATIONS = ListPages(
    "participations",
    _("Who takes part"),
    KEEP_INITIATIVES,
    Source(
        participations.participation_sheet,
        participations.participations_standing,
        participations.no_twin,
        save_participation_row,
    ),
    _participations,
    back="initiatives",
)
ACTIVITIES = ListPages(
    "activities",
    _("Activities"),
    KEEP_INITIATIVES,
    Source(activities.activity_sheet, activities.activities_standing, activities.activity_twin, save_activity_row),
    _activities,
    back="initiatives",
)
CONTRIBUTIONS = ListPages(
    "contribution_list",
    _("Contributions"),
    KEEP_INITIATIVES,
    Source(
        contributions.contribution_sheet,
        contributions.contributions_standing,
        contributions.contribution_twin,
        save_contribution_row,
    ),
    _contributions,
    back="initiatives",
)
INDICATORS = ListPages(
    "indicators",
    _("Indicators"),
    KEEP_INITIATIVES,
    Source(indicators.indicator_sheet, indicators.indicators_standing, indicators.indicator_twin, save_indicator_row),
    _indicators,
    back="initiatives",
)
MEASUREMENTS = ListPages(
    "measurements",
    _("Measurements"),
    KEEP_INITIATIVES,
    Source(
        measurements.measurement_sheet,
        measurements.measurements_standing,
        participations.no_twin,
        save_measurement_row,
    ),
    _measurements,
    back="initiatives",
)
OF_INITIATIVES = (INITIATIVES, PARTICIPATIONS, ACTIVITIES, CONTRIBUTIONS, INDICATORS, MEASUREMENTS)
AGREEMENTS = ListPages(
    "agreements",
    _("Agreements"),
    KEEP_AGREEMENTS,
    Source(
        agreements.agreement_sheet,
        agreements.agreements_standing,
        agreements.agreement_twin,
        save_agreement_row,
        places=True,
    ),
    _agreements,
)
