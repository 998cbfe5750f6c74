"""The supply and demand of a round, and what stands behind each topic."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ayni.common.published import published
from ayni.directory.models import Concept
from ayni.exchange.queries.rounds import matrix as queries
from ayni.exchange.queries.rounds.reader import Reader
from ayni.exchange.views.rounds.frame import frame, not_public, reader


@published()
def matrix(request: HttpRequest, code: str) -> HttpResponse:
    """Each topic with who offers and who seeks it, the gaps and the surpluses."""
    who = reader(request, code)
    if not who.sees_matrix:
        return not_public(request)
    rows = queries.topic_rows(who.round)
    counts = {
        state: sum(row.state == state for row in rows) for state in (queries.GAP, queries.SURPLUS, queries.BALANCED)
    }
    context = {"rows": rows, "counts": counts, "untouched": queries.untouched(rows)}
    return render(request, "exchange/rounds/matrix.html", frame(who, "round_matrix", **context))


@published()
def topic(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """The programmes on a topic; for those inside, each interest."""
    who = reader(request, code)
    if not who.sees_matrix:
        return not_public(request)
    row = next((row for row in queries.topic_rows(who.round) if row.topic.code == topic), None)
    if row is None:
        raise Http404
    context: dict[str, Any] = {
        "row": row,
        "programmes": queries.programmes_about(who.round, row.topic),
        "interests": _interests(who, row.topic),
    }
    return render(request, "exchange/rounds/topic.html", frame(who, "round_matrix", **context))


def _interests(who: Reader, topic: Concept) -> list[queries.Interest] | None:
    return list(queries.interests_about(who.round, topic)) if who.is_inside else None
