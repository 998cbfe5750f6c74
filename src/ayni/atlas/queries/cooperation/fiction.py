"""Whether an account shows anything that was invented for the demonstration."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayni.atlas.queries.cooperation.learned import PUBLIC, checks_of, circuit_scope, obstacles_of
from ayni.atlas.queries.cooperation.scope import Scope
from ayni.atlas.queries.cooperation.tables import under_way
from ayni.exchange.queries.funnel import submitted_in
from ayni.exchange.queries.visible import offers_for
from ayni.registry.models import Initiative


def shows_fictional(scope: Scope) -> bool:
    """True when any row of a table or a figure of the account is fictional, of whatever year it is."""
    return any(rows.exists() for rows in _shown(scope))


def _shown(scope: Scope) -> list[QuerySet[Initiative] | QuerySet]:
    invented = Q(fictional=True)
    of_initiative = Q(initiative__fictional=True)
    circuit = circuit_scope(scope)
    lessons = circuit.lessons.order_by()
    return [
        # T3, T7 to T10, T12, L1, F8, F13; F11.
        scope.all_records().filter(invented),
        under_way(scope).filter(invented),
        # T11, T2.
        checks_of(scope).filter(of_initiative),
        obstacles_of(scope).filter(invented | of_initiative),
        # F12, F2.
        submitted_in(scope.year, scope.country.pk if scope.country else None).filter(invented),
        lessons.filter(invented | of_initiative),
        circuit.initiatives.order_by().filter(invented, activities__state="done"),
        offers_for(PUBLIC).filter(invented, Exists(lessons.filter(pk=OuterRef("lesson")))),
    ]
