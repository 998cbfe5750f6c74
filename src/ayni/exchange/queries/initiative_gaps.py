"""What the matrix in force asks of an initiative before its approval: the prior agreement of each of its quadrants (R25)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.exchange.models import MatrixQuadrant
from ayni.exchange.queries.matrix import quadrants_of, scheme_in_force
from ayni.registry.models import AgreementState, Initiative
from ayni.registry.queries.initiatives.guards import Gap
from ayni.registry.queries.initiatives.sides import countries_of


def gaps(initiative: Initiative, step: str) -> Iterable[Gap]:
    """A gap for each quadrant whose agreement is missing. A quadrant for which the matrix names no form asks for nothing."""
    if step != "approve":
        return
    codes = {one.code for one in initiative.quadrants.all()}
    agreed = _forms_in_force(initiative)
    for row in quadrants_of(scheme_in_force()):
        forms = list(row.agreement_forms.all())
        if row.quadrant.code in codes and forms and not agreed & {form.code for form in forms}:
            yield _gap(initiative, row, " / ".join(str(form) for form in forms))


def _gap(initiative: Initiative, row: MatrixQuadrant, forms: str) -> Gap:
    text = _(
        "Quadrant %(quadrant)s asks for an agreement in force between two of its countries (%(forms)s): "
        "choose it among those that cover the initiative."
    ) % {"quadrant": row, "forms": forms}
    return Gap(text, url("initiative_edit", initiative.code))


def _forms_in_force(initiative: Initiative) -> set[str]:
    """The forms of the agreements in force that cover it and bind at least two of its countries."""
    countries = {country.pk for country in countries_of(initiative)}
    rows = initiative.agreements.filter(state=AgreementState.IN_FORCE).values_list(
        "pk", "form__code", "parties__institution__country"
    )
    bound: dict[tuple[int, str], set[str]] = {}
    for pk, form, country in rows:
        bound.setdefault((pk, form), set()).add(country)
    return {form for (_pk, form), places in bound.items() if len(places & countries) >= 2}
